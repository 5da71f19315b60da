//! A reader who goes away takes all work along.

use super::*;

// At 100 points between the first model call and the answer, nothing runs on once the answer is dropped.
#[tokio::test(start_paused = true)]
async fn nothing_runs_on_when_the_answer_is_dropped() {
    let company = InMemory.load(estate::files(&estate::Texts::plain())).await.unwrap();
    let (mut stopped, mut under_way) = (0, 0);
    for point in 0..100_u64 {
        let seen = Arc::new(spy::Seen::default());
        let asked = asked::Asked::of(point).unwrap();
        let question = asked.question(wherefore_contract::question::Language::En).unwrap();
        let tools = spy::Spied::new(company.tools(), Arc::clone(&seen));
        let model =
            Slow(model::HostileModel::new(point, asked, vec![behaviour::Behaviour::FiftyCalls]));
        let model = spy::Watched::new(Arc::new(model), Arc::clone(&seen));
        let team = Team::new(Arc::new(model), wherefore_team::Settings::new(|| 0)).unwrap();
        let answer = team.answer(&question, &tools, &Silent);
        let cut = tokio::time::timeout(Duration::from_millis(point), answer).await;
        stopped += usize::from(cut.is_err());
        let begun = seen.begun();
        assert_eq!(seen.in_flight(), 0, "at {point} ms");
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!((seen.in_flight(), seen.begun()), (0, begun), "at {point} ms");
        under_way = under_way.max(begun);
    }
    assert!(stopped >= 20 && under_way > 20, "{stopped} were cut, {under_way} calls at most");
}

/// A model that takes its time.
struct Slow(model::HostileModel);

impl ChatModel for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn reply<'a>(
        &'a self,
        request: wherefore_model::ModelRequest<'a>,
    ) -> BoxFuture<'a, Result<wherefore_model::Reply, wherefore_model::ModelError>> {
        async move {
            tokio::time::sleep(Duration::from_millis(7)).await;
            self.0.reply(request).await
        }
        .boxed()
    }
}
