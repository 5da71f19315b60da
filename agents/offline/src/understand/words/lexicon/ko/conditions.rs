//! Korean words: what narrows a question.

#![expect(clippy::too_many_lines, reason = "a list of words is a table")]

use wherefore_contract::filter::Comparison;

use super::Place::{self, Free, Suffix};
use crate::understand::word::{
    Category,
    Meaning::{self, *},
};

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Place, Meaning, &'static str)> {
    vec![
        (Free, Filler, "끝자리|뒷자리|끝번호|으로끝나는|로끝나는|끝나는"),
        (
            Free,
            Exclude,
            "없었다면|없었으면|제외|제외한|제외하고|제외하면|제외하여|제외했을때|제외해줘|제외해서|제외해|제외한후|제외된|제외시|제외시키고|제하고|제하면|제한|빼고|빼고는|뺀|빼면|빼줘|빼서|빼|말고|말고는|이외|이외의|외의|외에|없이|아닌|배제|배제하고|배제한|포함하지않은|포함하지않고|포함안한|적용전|차감전|반영전|적용이전|적용하기전|빼기전|불포함|미포함|미포함으로|안포함|제외분|제외한금액",
        ),
        (
            Free,
            Without,
            "없는|안붙어있는|안달려있는|붙지않는|달리지않는|미부착|배정되지않은|귀속되지않은|배분되지않은|미배정|미배분|무태그|미지정|미태그|미분류|안붙은|안달린|붙지않은|붙어있지않은|달리지않은|달려있지않은|태깅되지않은|태깅되어있지않은|태그되지않은|없음|누락된태그|미태깅|태깅안된|태그안된|비어있는|빈|미할당|할당되지않은|지정되지않은|설정되지않은|태그없는|비어|안된태그",
        ),
        (
            Free,
            With,
            "기록된|기록되어있는|기재된|기재되어있는|입력된|채워진|값이있는|값있는|있는것|달린|붙은|태깅된|태그된|붙어있는|달려있는|지정된",
        ),
        (
            Suffix,
            Bound(Comparison::Above),
            "초과|초과인|초과한|초과하는|를초과하는|을초과하는|를초과한|을초과한|넘는|를넘는|을넘는|가넘는|이넘는|넘은|를넘은|을넘은|가넘은|이넘은|넘긴|를넘긴|을넘긴|보다큰|보다많은|보다비싼|보다높은|넘게|를넘게|을넘게",
        ),
        (
            Free,
            Bound(Comparison::Above),
            "초과|초과인|초과한|초과하는|넘는|넘은|넘긴|넘게|넘어가는|넘어|넘었",
        ),
        (
            Suffix,
            Bound(Comparison::AtLeast),
            "이상|이상인|이상의|이상이|이상나온|이상쓴|이상을|이상은",
        ),
        (Free, Bound(Comparison::AtLeast), "이상|이상인|이상의"),
        (
            Suffix,
            Bound(Comparison::Below),
            "미만|미만인|미만의|미만으로|보다작은|보다적은|보다싼|보다낮은|보다저렴한|안되는|이안되는|가안되는|도안되는",
        ),
        (
            Free,
            Bound(Comparison::Below),
            "미만|미만인|미만의|밑도는|밑|밑인|밑으로|밑의|아래|아래인|아래의|미달|미달인|미달하는|못미치는|못미친|언더|못되는",
        ),
        (Suffix, Bound(Comparison::AtMost), "이하|이하인|이하의|이하로"),
        (
            Free,
            Bound(Comparison::AtMost),
            "이하|이하인|이하의|이하로|안넘는|안넘은|안넘긴|안넘어가는|못넘는|못넘은|못넘긴|넘지않는|넘지않은|넘지못한|넘지못하는|초과하지않는|초과하지않은",
        ),
        (
            Free,
            Sign(Comparison::Below),
            "마이너스|마이너스인|음수|음수인|음의|음수이고|음수인데|음수이면서|음수이지만",
        ),
        (
            Free,
            Sign(Comparison::Equal),
            "0원|0달러|0원인|0달러인|0인|0인데|0이고|0이면서|0이지만|0이나|0이며|영원|제로|무료|공짜|무료인|비용이없는|비용없는",
        ),
        (Free, Sign(Comparison::Above), "양수|양수인|양수이고|양수인데|양수이면서|양수이지만"),
        (
            Free,
            Gross,
            "크레딧적용전금액|크레딧전|크레딧전기준|크레딧이전|크레딧빠지기전|크레딧빼기전|크레딧떼기전|크레딧적용이전|총액기준|크레딧적용전|크레딧차감전|크레딧반영전|그로스",
        ),
        (
            Free,
            Category(Category::Credit),
            "크레딧|크레디트|프로모션크레딧|프로모션크레디트|프로모션",
        ),
        (Free, Category(Category::Tax), "세금|부가세|부가가치세|세액"),
        (
            Free,
            Category(Category::Refund),
            "환불|환불금|환불액|환불분|환불받은|환불된|환급|환급금|환급액|환급받은|환급된",
        ),
        (
            Free,
            Category(Category::Correction),
            "정정|정정분|정정라인|정정건|정정내역|정정항목|정정청구|정정금액",
        ),
        (Free, Category(Category::Adjustment), "조정|조정액|조정금|조정분"),
        (Free, Category(Category::Purchase), "구매|구매액|구매비용|구매요금|구매건"),
        (
            Free,
            Category(Category::Upfront),
            "선불금|선결제|선결제금|선납금|선납|선불비용|선불요금|일회성구매|일회성구매비용|선결제비용",
        ),
        (
            Free,
            Category(Category::Usage),
            "사용요금|사용분|사용비용|사용료만|사용량요금|사용유형요금|사용량비용",
        ),
        (
            Free,
            Category(Category::Committed),
            "약정적용|약정커버|커버된|커버되는|약정사용|약정적용분",
        ),
        (Free, Category(Category::OnDemand), "온디맨드|종량제|온디멘드"),
        (Free, Category(Category::Spot), "스팟|스팟인스턴스|스폿|스폿인스턴스"),
        (
            Free,
            Category(Category::Unused),
            "미사용|미사용약정|미사용분|미사용한|사용안한|사용안된|미활용|사용하지못하|사용못한|쓰지못한|안쓰는|안쓰고있는|안쓰고|안쓰이는|안쓰인|못쓰는|못쓰고있는|사용안하는|사용안하고있는|사용하지않는|사용하지않고있는|쓰지않는|쓰지않고있는|이용안한|이용하지않은|활용하지않은|활용안한|활용되지않은|활용되지않는|노는|놀고|놀리는|놀린|놀리고있는|낭비되는|낭비되고있는|낭비한|낭비하고있는|사용하지못한|사용하지않은|쓰지않은|못쓴|놀고있는|유휴약정|안쓴|안쓰고버린|낭비된|사용되지않은|활용하지못한|활용못한",
        ),
        (
            Free,
            Category(Category::SavingsPlan),
            "세이빙스플랜|세이빙즈플랜|세이빙즈플랜|세이빙즈|세이빙스|에스피|세이빙플랜|절감형플랜|절감플랜|세이빙스플랜즈",
        ),
        (
            Free,
            Category(Category::Reserved),
            "예약인스턴스|예약|리저브드|리저브드인스턴스|예약구매|예약형인스턴스|알아이",
        ),
        (Free, Category(Category::Marketplace), "마켓플레이스"),
        (Free, Category(Category::Support), "서포트|기술지원|지원플랜|지원요금"),
        (Free, Category(Category::Weekday), "평일|주중|영업일|근무일"),
        (Free, Category(Category::Weekend), "주말"),
    ]
}
