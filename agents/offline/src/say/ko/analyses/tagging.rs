//! Korean sentences about tags: allocation against its targets, keys, look-alikes, what is missing.

use wherefore_contract::{
    dimension::Dimension,
    draft::{Extreme, Particle, Sentence},
    evidence::FactRef,
};

use super::super::{lead, left_out, line, scope};
use crate::say::{
    line::Line,
    scene::About,
    voice::{Allocated, Reached},
};

/// "2026년 10월 청구 비용은 $44.00이며, 귀속 비용은 $36.00(전체의 82.1%), 미귀속 비용은 $8.00입니다."
pub(in crate::say) fn tags_allocated(about: &About, own: &Allocated) -> Sentence {
    let start = scope(lead(line(), about), about).measure(own.all.clone());
    let start = left_out(start, about).particle(Particle::Topic).text(" ");
    let start = start.value(own.all.clone()).text("이며, ").measure(own.owned.clone());
    let start = start.particle(Particle::Topic).text(" ").value(own.owned.clone());
    let start = match &own.share {
        Some(share) => start.text("(전체의 ").value(share.clone()).text(")"),
        None => start,
    };
    let start = start.text(", ").measure(own.unowned.clone()).particle(Particle::Topic);
    start.text(" ").value(own.unowned.clone()).particle(Particle::Copula).text(".").done()
}

/// FinOps Foundation이 정한 귀속 단계.
pub(in crate::say) fn targets(reached: Reached, crawl: &FactRef, run: &FactRef) -> Sentence {
    let target = |line: Line, at: &FactRef| line.measure(at.clone()).text(" ").value(at.clone());
    let start = line().text("FinOps Framework 기준 ");
    match reached {
        Reached::Neither => {
            let own = target(start, crawl).particle(Particle::Object);
            own.text(" 아직 달성하지 못했습니다.").done()
        }
        Reached::Crawl => {
            let first = target(start, crawl).particle(Particle::Topic).text(" 달성했고, ");
            let both = target(first, run).particle(Particle::Topic);
            both.text(" 아직 달성하지 못했습니다.").done()
        }
        Reached::Run => target(start, run).particle(Particle::Object).text(" 달성했습니다.").done(),
    }
}

pub(in crate::say) fn owners(keys: FactRef) -> Sentence {
    let start = line().text("다음 태그 키에 값이 있는 요금을 귀속된 것으로 봅니다: ");
    start.name(keys).text(".").done()
}

/// "2026년 10월 요금에 쓰인 것은 태그 키 4개이며, 태그된 비용이 가장 큰 키는 team으로 $36.00(전체의 82.1%)입니다."
pub(in crate::say) fn tag_keys(
    about: &About,
    evidence: &str,
    key: FactRef,
    cost: FactRef,
    share: Option<FactRef>,
) -> Sentence {
    let start = left_out(scope(lead(line(), about), about).text("요금"), about);
    let start = start.text("에 쓰인 것은 ").count(evidence).text("이며, ");
    let start = start.measure(cost.clone()).particle(Particle::Subject).text(" ");
    let start = start.extreme(cost.clone(), Extreme::Largest).text(" 키는 ").name(key);
    let start = start.particle(Particle::Toward).text(" ").value(cost);
    let start = match share {
        Some(share) => start.text("(전체의 ").value(share).text(")"),
        None => start,
    };
    start.particle(Particle::Copula).text(".").done()
}

/// "같은 것을 다르게 적은 것으로 보이는 값은 태그 값 3개이며, …"
pub(in crate::say) fn tags_alike(evidence: &str, names: [FactRef; 3], cost: FactRef) -> Sentence {
    let [value, key, like] = names;
    let start = line().text("같은 것을 다르게 적은 것으로 보이는 항목은 ").count(evidence);
    let start = start.text("입니다. 그중 ").measure(cost.clone()).particle(Particle::Subject);
    let start = start.text(" ").extreme(cost.clone(), Extreme::Largest).text(" 값은 ").name(value);
    let start = start.text("(").name(key).text(")이며 ").value(cost).text("입니다. 비슷한 값은 ");
    start.name(like).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn no_tags_alike(evidence: &str) -> Sentence {
    let start = line().count(evidence).text("의 값을 서로 견주었으나, 같은 것을 다르게 적은 값은 ");
    start.text("보이지 않습니다.").done()
}

/// "태그 없는 비용이 가장 큰 클라우드 서비스는 Amazon S3로 $5.00입니다."
pub(in crate::say) fn tags_missing(
    about: &About,
    of: &Dimension,
    name: FactRef,
    cost: FactRef,
    share: Option<FactRef>,
) -> Sentence {
    let start = left_out(scope(lead(line(), about), about).measure(cost.clone()), about);
    let start = start.particle(Particle::Subject).text(" ");
    let start = start.extreme(cost.clone(), Extreme::Largest).text(" ").dimension(of);
    let start = start.particle(Particle::Topic).text(" ").name(name).particle(Particle::Toward);
    let start = start.text(" ").value(cost);
    let start = match share {
        Some(share) => start.text("(미귀속 비용에서 차지하는 비중 ").value(share).text(")"),
        None => start,
    };
    start.particle(Particle::Copula).text(".").done()
}
