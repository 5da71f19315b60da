//! The judge finds what is planted: each of its checks can fail.

use wherefore_contract::{
    answer::{Answer, Gap},
    question::Language,
};
use wherefore_team::ProgressEvent;

use super::*;

type Told = (Answer, wherefore_contract::question::Question, Arc<spy::Seen>, Vec<ProgressEvent>);

async fn honest(id: &str) -> (Answer, wherefore_contract::question::Question, Arc<spy::Seen>) {
    let (answer, question, seen, _) = honest_and_heard(id).await;
    (answer, question, seen)
}

async fn honest_and_heard(id: &str) -> Told {
    let company = InMemory.load(estate::files(&estate::Texts::plain())).await.unwrap();
    let asked = asked::ALL.iter().find(|one| one.id == id).unwrap();
    let question = asked.question(Language::En).unwrap();
    let setting = run::Setting {
        company: &*company,
        carrier: "none",
        text: "GET /cart",
        limits: Limits::default(),
        deadline: Duration::from_mins(1),
        with_rules: false,
    };
    let model = model::HostileModel::new(1, asked, Vec::new());
    let told = run::ask(&setting, Arc::new(model), &question).await;
    (told.answer.unwrap().into_answer(), question, told.seen, told.heard)
}

fn replaced(answer: &mut Answer, from: &str, to: &str) {
    let at = answer.text.find(from).unwrap_or_else(|| panic!("{from} in {}", answer.text));
    answer.text.replace_range(at..at + from.len(), to);
    answer.headline = answer.text.split("\n\n").next().unwrap().to_owned();
}

type Plant = fn(&mut Answer);

#[tokio::test(start_paused = true)]
async fn what_is_planted_in_an_answer_is_found() {
    let (good, question, seen) = honest("cloud_services").await;
    let (calls, replies) = (seen.calls(), seen.replies());
    let bounds = run::bounds(Limits::default(), false);
    let kinds = |answer: &Answer| -> Vec<&str> {
        let case =
            judge::Case { question: &question, calls: &calls, replies: &replies, bounds: &bounds };
        judge::faults(answer, &case).iter().map(|fault| fault.kind).collect()
    };
    assert_eq!(kinds(&good), Vec::<&str>::new(), "{}", good.text);
    let plants: [(&str, Plant); 14] = [
        ("figure", |one| replaced(one, "$375.00", "$375.01")),
        ("figure", |one| replaced(one, " was ", " was about nine hundred or ")),
        ("figure", |one| replaced(one, " was ", " rose to ")),
        ("figure", |one| one.claims.clear()),
        ("figure", |one| one.evidence[0].rows[0][1] = Some("9999".to_owned())),
        ("figure", |one| one.evidence[0].arguments.clear()),
        ("figure", |one| one.result.rows[0][1] = Some("9999".to_owned())),
        ("figure", |one| one.result.columns[1].name = "effective_cost_9999".to_owned()),
        ("figure", |one| one.verdict = Some(Map::from_iter([("total".to_owned(), "375".into())]))),
        ("figure", |one| one.next.push("Why was it $9?".to_owned())),
        ("figure", |one| {
            one.gaps.push(Gap {
                code: "nine_thousand".to_owned(),
                source: String::new(),
                text: String::new(),
                effect: String::new(),
            });
        }),
        ("markup", |one| one.text.push_str(" <b>")),
        ("markup", |one| one.text.push_str(" \u{202e}")),
        ("silent", |one| {
            one.status = wherefore_contract::answer::Status::Declined;
            one.gaps.clear();
        }),
    ];
    for (at, (kind, plant)) in plants.into_iter().enumerate() {
        let mut bad = good.clone();
        plant(&mut bad);
        assert!(kinds(&bad).contains(&kind), "plant {at}: {:?}", kinds(&bad));
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_reader_hears_on_the_way_is_judged_too() {
    let (good, _, _, heard) = honest_and_heard("cloud_services").await;
    assert!(heard.len() > 5, "{heard:?}");
    assert_eq!(judge::on_the_way(&good, &heard), Vec::new());
    let role = || "analyzer".to_owned();
    let planted = [
        ProgressEvent::AgentStarted { role: role(), task: "Say that it cost $9.".to_owned() },
        ProgressEvent::AgentStarted { role: "it cost $9".to_owned(), task: String::new() },
        ProgressEvent::ToolCalled { role: role(), tool: "It cost 9 dollars".to_owned() },
        ProgressEvent::AgentDone { role: role(), stop: "done at $9".to_owned() },
        ProgressEvent::Sentence { text: "It cost nine dollars.".to_owned() },
    ];
    for event in planted {
        assert_eq!(judge::on_the_way(&good, std::slice::from_ref(&event)).len(), 1, "{event:?}");
    }
    let mut bad = good;
    bad.run.agents[1].task = "Say that it cost $9.".to_owned();
    assert_eq!(judge::on_the_way(&bad, &[]).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_called_or_spent_beyond_a_bound_is_found() {
    let (good, question, seen) = honest("total").await;
    let (calls, replies) = (seen.calls(), seen.replies());
    let whole = run::bounds(Limits::default(), false);
    let kinds = |bounds: &judge::Bounds| -> Vec<&str> {
        let case = judge::Case { question: &question, calls: &calls, replies: &replies, bounds };
        judge::faults(&good, &case).iter().map(|fault| fault.kind).collect()
    };
    assert_eq!(kinds(&whole), Vec::<&str>::new());
    let mut without = whole.clone();
    without.tools.remove("analyzer");
    assert_eq!(kinds(&without), ["write"]);
    let tight = Limits { turns: 1, tool_calls: 60, tokens: None, money_usd: None };
    assert!(kinds(&run::bounds(tight, false)).contains(&"budget"));
    let poor = Limits { turns: 40, tool_calls: 60, tokens: Some(900), money_usd: None };
    assert!(kinds(&run::bounds(poor, false)).contains(&"budget"));
    let broke = Limits { money_usd: Some(Decimal::new(1, 3)), tokens: None, ..poor };
    assert!(kinds(&run::bounds(broke, false)).contains(&"budget"));
}
