//! What each way of doing wrong does to one reply.

use serde_json::json;
use wherefore_model::{
    Reasoning, Reply, StopReason,
    team::{ANALYZER, COLLECTOR, ORCHESTRATOR, RESEARCH, SUBMIT_ANSWER, SUBMIT_FINDINGS},
};

use super::{
    super::{
        behaviour::Behaviour,
        calls,
        honest::{object, turn},
    },
    Scene,
};
use crate::gate::Dice;

impl Scene<'_, '_> {
    /// Calls that should not be made, instead of the honest ones or beside them.
    pub(super) fn calls_badly(&self, way: Behaviour, honest: &Reply, dice: &mut Dice) -> Reply {
        let (asked, role) = (self.asked, self.role());
        let mut named: Vec<calls::Call> =
            honest.calls.iter().map(|call| (call.name.clone(), call.arguments.clone())).collect();
        if let Some(instead) = self.instead(way, dice) {
            named = instead;
        } else if way == Behaviour::CallsToolsOfOthers {
            named.insert(0, calls::of_others(role, asked, dice));
        } else if way == Behaviour::SqlInArguments {
            named.insert(0, calls::sql(asked, dice));
        } else if way == Behaviour::PingPong || way == Behaviour::DelegatesBelow {
            let to = [ORCHESTRATOR, ANALYZER, COLLECTOR, RESEARCH];
            let to = to.get(dice.below(4)).copied().unwrap_or(ANALYZER);
            named.insert(0, calls::task(to, "You do it."));
        } else {
            let submission = if role == ORCHESTRATOR { SUBMIT_ANSWER } else { SUBMIT_FINDINGS };
            named.push((asked.tool.to_owned(), asked.arguments()));
            named.push((submission.to_owned(), object(json!({}))));
        }
        let mut reply = self.calls(named);
        if way == Behaviour::StrangeIds {
            let same = ["", "call_1", "0#0#0", "\u{0}", "call_$9999"];
            let id = dice.pick(&same).copied().unwrap_or_default();
            for call in &mut reply.calls {
                id.clone_into(&mut call.id);
            }
        }
        reply
    }

    // The ways that leave nothing of the honest calls.
    fn instead(&self, way: Behaviour, dice: &mut Dice) -> Option<Vec<calls::Call>> {
        let (asked, turn, more) = (self.asked, turn(self.request), ".".repeat(turn(self.request)));
        let leads = self.role() == ORCHESTRATOR;
        let calls = if way == Behaviour::InventsTools {
            vec![calls::invented(dice), calls::invented(dice)]
        } else if way == Behaviour::TriesToWrite {
            vec![calls::writing(dice)]
        } else if way == Behaviour::BrokenArguments {
            vec![calls::broken(asked, dice)]
        } else if way == Behaviour::BrokenSubmission {
            vec![calls::broken_submission(self.role(), dice)]
        } else if way == Behaviour::SameCallAgain && leads {
            vec![calls::task(ANALYZER, "Again, the same.")]
        } else if way == Behaviour::SameCallAgain {
            vec![(asked.tool.to_owned(), asked.arguments())]
        } else if way == Behaviour::SameCallVaried && leads {
            vec![calls::task(ANALYZER, &format!("Again{more}"))]
        } else if way == Behaviour::SameCallVaried {
            vec![calls::varied(asked, turn, 0)]
        } else if way == Behaviour::PingPong && leads {
            let to = [COLLECTOR, RESEARCH, ANALYZER].get(turn % 3).copied().unwrap_or(ANALYZER);
            vec![calls::task(to, &format!("Ask the others, {more}."))]
        } else if way == Behaviour::FiftyCalls && leads {
            (0..50).map(|at| calls::task(ANALYZER, &"Look. ".repeat(at + 1))).collect()
        } else if way == Behaviour::FiftyCalls {
            (0..50).map(|at| calls::varied(asked, turn, at)).collect()
        } else {
            return None;
        };
        Some(calls)
    }

    /// Replies that no honest model gives, whatever was asked.
    pub(super) fn misbehaves(&self, way: Behaviour, mut honest: Reply, dice: &mut Dice) -> Reply {
        const LIE: &str = "The billed cost was $9,999.";
        if way == Behaviour::NeverFinishes {
            let turn = turn(self.request);
            return self.calls([if self.role() == ORCHESTRATOR {
                calls::task(RESEARCH, &format!("Go on{}", ".".repeat(turn)))
            } else {
                calls::varied(self.asked, turn, 0)
            }]);
        }
        if way == Behaviour::SaysNothing {
            return Reply::default();
        }
        if way == Behaviour::Refuses {
            let text = Some("I cannot help with $9,999.".to_owned());
            return Reply { text, stop: StopReason::Refused, ..Reply::default() };
        }
        if way == Behaviour::IsCutShort {
            honest.stop = StopReason::MaxTokens;
            honest.text = Some("The billed cost was $9,9".to_owned());
        } else if way == Behaviour::Floods {
            honest.text = Some(format!("{LIE} 청구 비용. ").repeat(20_000));
        } else if way == Behaviour::HugeUsage {
            honest.usage.input_tokens = 40_000_000;
            honest.usage.output_tokens = u64::MAX / 4;
        } else if way == Behaviour::ThinksInFigures {
            honest.reasoning = vec![
                Reasoning::Text { text: LIE.to_owned(), signature: Some("s".to_owned()) },
                Reasoning::Redacted { data: "OTk5OQ==".to_owned() },
            ];
            honest.text = Some(LIE.to_owned());
        } else if dice.below(2) == 0 {
            honest.calls.clear();
        }
        honest
    }
}
