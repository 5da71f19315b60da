//! Korean words, particles and endings of cost questions. Spaces inside a word do not matter.

#![expect(clippy::too_many_lines, reason = "word lists are tables of meanings, one each")]

use wherefore_contract::{
    cost::{CommitmentFigure, Direction, Measure},
    dimension::Grain,
};

use super::Place::{self, AfterNumber, Free, Suffix};
use crate::understand::word::{
    Meaning::{self, *},
    Relative as R, TimeWord as T,
};

mod conditions;
mod counts;
mod dimensions;
mod limits;
mod nouns;
mod ordinary;
mod phrases;
pub(super) mod verbs;

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Place, Meaning, &'static str)> {
    let mut all = counts::entries();
    all.extend(phrases::entries());
    all.extend(ordinary::entries());
    all.extend(joining());
    all.extend(measures());
    all.extend(dimensions::entries());
    all.extend(operations());
    all.extend(times());
    all.extend(limits::entries());
    // Words that carry a meaning count before ordinary ones of the same letters.
    all.extend(nouns::entries());
    all
}

fn joining() -> Vec<(Place, Meaning, &'static str)> {
    vec![
        (Suffix, And, "와|과|랑|이랑|하고|및|나|이나"),
        (Free, And, "그리고|및"),
        (Suffix, Only, "만|만의|만을|만은"),
        (Free, Only, "오직|한정|한해서|한정해서|한정하여|국한|국한해서"),
        (AfterNumber, Money, "센트|원인|원이|원이상|원|달러|불|유로|원화|달러화|엔"),
        (Free, Money, "달러|원화|달러화|유로|유로화|엔화|위안화|파운드|파운드화|루피"),
        (Free, Not, "않은|않는|않고|않았|않았던|아니고|아니라|아닌데|못한|못하는|안된"),
    ]
}

fn measures() -> Vec<(Place, Meaning, &'static str)> {
    vec![
        (
            Free,
            Cost,
            "차지백|쇼백|비용|지출|지출액|요금|금액|돈|얼마|얼마일까|얼마일까요|얼마였|얼마인지|얼마인가|얼마인가요|얼만|사용료|총액|이용료|이용요금|지불|비용액|원가|코스트|과금|과금액|소비액|사용금액|사용액|총비용|총요금|총금액|총지출|값|가격|씀씀이|돈이얼마|얼마치|결제액|결제금액|지출비용|빌|경비|자금|스펜드|스펜딩|집행금액|집행액|투입금액|투입비|소요금액|소요액|소요비용|발생액|발생금액|발생비용|소요경비|사용대금|대금|인프라비|지출금액|비용금액|소비금액|비용들|금액들|요금들",
        ),
        (Suffix, Cost, "비|비용|료"),
        (
            Free,
            Measure(Measure::BilledCost),
            "청구비용|청구금액|청구서총액|청구서합계|청구서상금액|청구총액|청구합계|총청구액|총청구금액|총청구비용|총청구서금액|청구서합계금액|인보이스총액|인보이스합계|청구서에찍힌금액|청구액|청구서금액|청구된비용|청구된금액|청구요금|청구서비용|인보이스금액|빌링금액|언블렌디드비용|언블렌디드|비혼합비용|청구|청구서기준비용|청구기준비용",
        ),
        (
            Free,
            Measure(Measure::EffectiveCost),
            "유효비용|실효비용|상각비용|상각후비용|상각된비용|상각원가|실질비용|실질|유효원가|상각기준비용|상각|유효|실효",
        ),
        (
            Free,
            Measure(Measure::NetBilledCost),
            "순청구비용|순청구금액|순청구액|순비혼합비용|순언블렌디드비용|순현금비용|할인반영청구비용|할인후청구비용",
        ),
        (
            Free,
            Measure(Measure::NetEffectiveCost),
            "순상각비용|순상각|순유효비용|순실효비용|할인반영상각비용|할인후상각비용|할인반영유효비용|할인후유효비용",
        ),
        (
            Free,
            Measure(Measure::ListCost),
            "공개온디맨드비용|공개온디맨드가격|공개온디맨드요금|공개온디맨드|퍼블릭온디맨드비용|퍼블릭온디맨드가격|온디맨드정가|온디맨드공개가격|온디맨드공시가격|공개정가|공개가격|정가비용|정가|정가기준비용|정가기준|리스트비용|리스트가격|리스트가|정상가|할인전비용|할인전금액|할인전|공시가|온디맨드환산비용|온디맨드환산금액",
        ),
        (
            Free,
            Measure(Measure::ContractedCost),
            "계약비용|계약가|계약가격|계약금액|협상가|협상비용|약정단가기준비용|계약기준비용",
        ),
        (Free, Measure(Measure::ConsumedQuantity), "사용량|소비량|수량|사용수량|소비수량|이용량"),
        (Free, Measure(Measure::PricingQuantity), "과금수량|과금량|가격책정수량"),
        (
            Free,
            Measure(Measure::Rows),
            "행수|행의수|행개수|행|행은|청구라인|청구라인수|청구항목|과금항목|과금항목수|청구레코드|라인수|라인아이템|라인아이템수|레코드|레코드수|청구행|과금행|청구건수|과금건수|청구항목수|항목수|로우|건수",
        ),
        (AfterNumber, Measure(Measure::Rows), "행"),
        (
            Free,
            Measure(Measure::Transactions),
            "거래수|거래건수|거래량|거래|트랜잭션수|트랜잭션|주문수|주문건수|주문|요청수|요청건수|요청량|트래픽|처리건수",
        ),
        (
            Free,
            Measure(Measure::UnitCost),
            "건당비용|건당원가|건당|건별비용|거래한건처리|한건처리|거래한건|한건에얼마|한건에얼마꼴|거래당비용|거래당|거래건당비용|거래1건당비용|거래1건당|거래한건당비용|거래한건당|트랜잭션당비용|트랜잭션당|요청당비용|요청1건당비용|요청건당비용|요청당|단위비용|단위원가|1건당비용|1건당|한건당비용|한건당|호출당비용",
        ),
        (AfterNumber, Measure(Measure::UnitCost), "건당비용|건당원가|건당"),
        (
            Free,
            UnitPrice,
            "단가|단위당가격|단위가격|개당가격|시간당가격|시간당단가|기가당가격|기가바이트당가격|단위당비용|단위당단가|단위당요금",
        ),
        (
            Free,
            Measure(Measure::Commitment(CommitmentFigure::Utilization)),
            "사용률|사용율|활용률|활용율|활용도|이용률|이용율|소진율|소진률|가동률",
        ),
        (
            Free,
            Measure(Measure::Commitment(CommitmentFigure::UnusedPart)),
            "미사용률|미사용율|미활용률|미활용율|낭비율|낭비률|유휴율",
        ),
        (
            Free,
            Discount,
            "할인률|할인율|절감률|절감율|할인액|할인금액|할인|절감액|절감금액|절감|아낀|아꼈|절약|절약한|절약액",
        ),
    ]
}

fn operations() -> Vec<(Place, Meaning, &'static str)> {
    let mut all = grouping();
    all.extend(movement());
    all.extend(conditions::entries());
    all
}

fn grouping() -> Vec<(Place, Meaning, &'static str)> {
    vec![
        (
            Suffix,
            By,
            "단위로|단위|단위별|별|별로|별로는|별로의|별로도|마다|별의|별로만|별로나눠|별로나누어|단위로|단위|기준별|별기준",
        ),
        (Free, By, "별로|별|각각|마다|각|각각의|단위로|단위별로"),
        (Suffix, Per, "당"),
        (Free, Which, "어떤|어느|무슨|어떤것|어느것|어디"),
        (
            Free,
            Total,
            "총|전체|합계|총합|총합계|총계|합|모든|전부|총비용의|통틀어|합산|합산한|합산해|합쳐|합쳐서|합친|다합쳐|다합쳐서|다합하면|합하면|총량|전체적으로|총누계",
        ),
        (Suffix, Total, "총액|합계|총합|총계"),
        (
            Free,
            Breakdown,
            "리스트업|현황표|내역|세부내역|분포|구성|상세|상세내역|분류|나눠|나누어|나눠서|나누면|쪼개|쪼개서|쪼개줘|쪼개면|나눠봐|분해|분석|현황|목록|리스트|나열|나열해줘|세부|항목별",
        ),
        (
            Free,
            Rank(Direction::Descending),
            "돈이제일많이나가는|돈이가장많이나가는|가장많이|가장많고|제일많고|가장높고|제일높고|가장비싸고|제일비싸고|가장크고|제일크고|가장많은|가장높은|가장비싼|가장큰|가장컸던|가장비쌌던|가장높았던|가장많았던|가장돈이많이나가는|가장돈이많이드는|가장|제일많이|제일많은|제일비싼|제일큰|제일높은|제일|최대|젤|젤로|젤많이|젤비싼|젤큰|젤높은|젤많은|제일로|피크|피크를|정점|최고점|으뜸|탑원|최댓값|최대값|맥스|1순위|일순위|최고|최고치|최고로|최다|최대치|맨위|일등|일위|1등",
        ),
        (
            Free,
            Rank(Direction::Ascending),
            "가장적게|가장적은|가장낮은|가장저렴한|가장싼|가장작은|가장적었던|가장낮았던|가장쌌던|제일적은|제일싼|제일낮은|제일적게|제일작은|제일저렴한|최소|젤적게|젤적은|젤싼|젤낮은|젤작은|최저점|꼴찌|최하위|최솟값|최소값|바닥|최저|최저치|최소치",
        ),
        (
            Free,
            Sort(Direction::Descending),
            "상위|탑|톱|순위|순위별|랭킹|돈이많이나가는|돈이많이드는|돈많이드는|돈많이나가는|돈먹는|비싼|높은|높았던|컸던|많았던|큰순서|큰순서대로|내림차순|순|순서|순서대로|순으로|많이|많은순|많은순서|큰순|높은순|높은순서|비싼순|비싼순서|많은|큰|많이나온|많이나간|많이쓴|많이쓰는|많이드는|정렬|정렬해줘|줄세워",
        ),
        (
            Free,
            Sort(Direction::Ascending),
            "하위|저렴한|낮은|적은|싼|적은순|적은순서|낮은순|낮은순서|작은순|작은순서|싼순|싼순서|저렴한순|오름차순|적게|적게나온|적게쓴|작은",
        ),
        (Free, Ordinal(2), "두번째|두번째로|둘째로|2등|이위"),
        (Free, Ordinal(3), "세번째|세번째로|셋째로|3등|삼위"),
        (Free, Ordinal(4), "네번째|네번째로"),
        (Free, Ordinal(5), "다섯번째|다섯번째로"),
        (AfterNumber, OrdinalMark, "번째|번째로|위|등"),
        (Free, Place, "몇위|몇등|몇번째|몇번째로|몇순위|순위가어떻게|순위가어디"),
        (Free, Portion(50), "절반|반절|절반을|과반"),
        (
            Free,
            Share,
            "비중|비율|점유율|몫|몇퍼센트|몇프로|퍼센트|퍼센티지|백분율|비중은|구성비|구성비율|차지하는비율|차지하는비중|차지|몇%|분담률|지분",
        ),
        (
            Free,
            PerDay,
            "일평균|하루평균|일일평균|하루에평균|하루당|1일평균|일당|하루|일할|일평균으로|일평균치|하루에|1일당|평균일일|일단위평균|매일평균",
        ),
        (Free, Average, "평균|평균적으로|평균치|평균값"),
        (
            Free,
            Trend,
            "추이|추세|변화추이|흐름|트렌드|변화추세|시계열|변화양상|추이변화|히스토리|그래프",
        ),
        (
            Free,
            HowMany,
            "몇개|몇건|몇가지|몇줄이나|줄수|줄개수|행이몇행|몇군데나|몇대|몇종이나|몇곳이나|몇라인|몇개씩|몇건씩|개수가|몇개정도|몇개쯤|몇곳|몇종|몇종류|몇행|개수|갯수|건수는|수는|가짓수|총개수|몇명|몇줄|종류수|몇일|며칠|몇개월|몇달|몇군데|몇시간|몇개인지|몇건인지|고유|고유한|중복없이|서로다른",
        ),
        (Suffix, HowMany, "수|수는|개수|갯수|의수|의개수|의수는"),
        (
            Free,
            First,
            "처음|최초|첫|맨처음|맨처음으로|맨먼저|제일먼저|가장먼저|제일처음|가장처음|언제부터|시작|시작된|시작한|시작했|시작됐|처음으로|최초로|첫비용|첫청구|첫번째|첫과금|최초과금|시작되는|시작하는|시작되|시작일|시작시각|첫시각|시작날짜",
        ),
        (
            Free,
            Last,
            "마지막|마지막으로|맨마지막|맨마지막으로|제일마지막|제일나중|맨끝|가장최근|가장나중|최종|최근청구|끝난|끝났|종료|종료된|언제까지|마지막과금|끝나는|끝나|종료되는|종료일|종료시각|끝나는시각|마지막시각|끝날짜",
        ),
        (
            Free,
            Complete,
            "완전|완전한가|완전히|다들어왔|다들어와|빠진날|빠진|빠짐없이|누락|누락된|누락된날|완결|적재|적재된|로드된|로드|결측|최신|최신인가|데이터범위|데이터기간|들어와있|들어와|다있|커버리지|데이터품질|데이터가있는날|데이터가있는일수|비는날|어느기간|어느기간의데이터|언제부터언제까지|며칠치|몇월부터몇월까지|온전|온전한|온전히|완비",
        ),
        (
            Free,
            Exists,
            "있나|있나요|있습니까|있었나|있었나요|있었어|있어|있니|있었습니까|있는지|있었는지|존재하나|존재하나요|존재하는지|존재합니까|존재해|있을까|있을까요|있는가|있던가|있죠|있었는가",
        ),
        (
            Free,
            Reach,
            "넘기려면|채우려면|도달하려면|차지하려면|넘으려면|누적비중|누적비율|누적점유율|파레토",
        ),
        (Free, Running, "누적|누적으로|누계|누적합|누적합계|누적비용|누적액|누적금액"),
        (Free, Single, "단일|단건|한건짜리|개별청구|개별|단일건"),
        (
            Free,
            Relatively,
            "퍼센트로|비율로|퍼센트기준|증감률|증감율|변화율|변동률|변동율|증가율|감소율|성장률|상승률|하락률|증가률|감소률|비율기준|률기준|몇퍼센트나|몇프로나|퍼센트기준으로",
        ),
    ]
}

fn movement() -> Vec<(Place, Meaning, &'static str)> {
    vec![
        (
            Free,
            Compare,
            "대비|비교|비교해|견줘|견주면|어디가더|어느쪽이더|어느게더|어느것이더|뭐가더|누가더|어디서더|둘중에|둘중|비교해줘|비교해서|비교하면|비교했을때|비교하여|비교한|비해|비해서|견주어|대조|차이비교",
        ),
        (
            Suffix,
            Compare,
            "보다|대비|보다는|에비해|에비해서|대비로|와비교|과비교|와비교해|과비교해|와비교하면|과비교하면|랑비교|이랑비교|랑비교해|이랑비교해|랑비교하면|이랑비교하면",
        ),
        (
            Free,
            Change,
            "변화|변했|변하|변동|변동폭|변화량|변화율|변동률|증감|증감률|증감율|증감액|증감폭|달라졌|달라진|달라지|바뀌|바뀐|바뀌었|바뀌었어|변한|변화한|변화했|변동했|변동한|차이나|변경",
        ),
        (
            Free,
            Rise,
            "늘었|늘어난|늘어났|늘어나|늘은|늘고|늘|늘어|증가|증가한|증가했|증가폭|증가율|증가률|증가액|증가분|상승|상승한|상승했|상승폭|상승률|올랐|오른|올라간|올라갔|올라|오르|성장|성장률|성장한|급증|급증한|급증했|뛴|뛰었|많아졌|많아진|커졌|커진|비싸졌|비싸진|높아졌|높아진|불어난|불었|불어났",
        ),
        (
            Free,
            Fall,
            "줄었|줄어든|줄어들|줄어들었|줄은|줄고|줄|줄어|감소|감소한|감소했|감소폭|감소율|감소률|감소액|감소분|하락|하락한|하락했|하락폭|하락률|내렸|내린|내려간|내려갔|내려|떨어졌|떨어진|떨어|급감|급감한|준|적어졌|낮아졌|낮아진|저렴해졌|싸졌|작아졌|작아진",
        ),
        (
            Free,
            Why,
            "왜|이유|원인|까닭|사유|때문|때문인|요인|주원인|주요인|근본원인|설명해줘|설명해|설명해주세요|배경|기여|기여한|기여도|영향|영향을준|원인은|주범|이끈|견인한|무엇때문|무엇때문에|뭐때문에|뭐때문|어째서|기인|기인한|이끌었|무슨일|무슨일이야|무슨일이|끌어올린|끌어올렸|밀어올린|밀어올렸|끌어내린|끌어내렸|왜그런|왜그래|왜그랬",
        ),
        (
            Free,
            Jump,
            "전일대비증가|전일대비증가폭|하루사이|하루만에|급등한날|급증한날|가장크게뛴|가장많이뛴|가장크게늘어난날|가장많이늘어난날|가장많이증가한날|가장크게증가한날|하루새",
        ),
        (Free, Step(Grain::Day), "하루전|하루전보다|하루전대비|바로전날"),
        (Free, Times, "몇배|배나|배인가|배수|배율|몇배나|배정도"),
        (Free, Difference, "차이|차이는|차액|격차|차이가|갭|뺀값|차감한"),
        (
            Free,
            New,
            "새로|새로운|새로생긴|새로추가된|새로등장한|신규|신규로|새롭게|생긴|생겼|등장한|등장했|처음생긴|처음나타난|없던|없었던|없다가",
        ),
        (
            Free,
            Gone,
            "사라진|사라졌|없어진|없어졌|더이상없는|더이상나오지않는|중단된|빠져나간|안나오는|나오지않는|안쓰게된",
        ),
        (
            Free,
            WholeWeeks,
            "꽉찬주만|꽉찬주|온전한주만|온전한주|온전한주간|완전한주만|완전한주|일주일이꽉찬주만",
        ),
        (
            Free,
            Project,
            "환산|환산하|환산해|환산해줘|환산하면|환산해서|환산한|환산했을때|환산치|환산액|환산값|연환산|연환산하면|연환산한|연환산액|연율화|연율화하면|월환산|일할환산",
        ),
        (
            Free,
            Forecast,
            "그속도면|그속도로|그속도로가면|그속도라면|이속도면|이속도로|이속도로가면|이속도라면|그추세라면|그추세면|그추세로|이추세면|이추세로|이런추세라면|이페이스면|이페이스로|이페이스라면|그페이스면|그페이스로|그페이스라면|예측|예측해줘|예상|예상치|예상액|예상비용|예상되|예상해줘|예상하|전망|전망치|추정|추정치|이추세면|이추세라면|이추세로|이추세대로|지금추세|현재추세|추세대로|추세라면|이속도|이속도면|이속도라면|이대로라면|이대로가면|이페이스|지금페이스|현재페이스|런레이트|월말예상|월말까지예상|마감예상|마감하면|나올까|나올까요|나올것같|나올지|나올것으로",
        ),
    ]
}

fn times() -> Vec<(Place, Meaning, &'static str)> {
    let mut all = vec![
        (Suffix, Since, "부터|이후|이후로|이래|부터는|부터의"),
        (Free, Since, "이후|이래|이후로|부터"),
        (Suffix, Until, "까지|까지의|까지는|이전|전까지|말까지"),
        (Free, Until, "까지|이전|까지의|전까지|직전까지|말까지"),
        (Suffix, From, "에서"),
        (Free, Word(T::Recent), "최근|지난|과거|직전|지나간"),
        (Free, Word(T::Ago), "전|전의|전에"),
        (AfterNumber, Word(T::YearMark), "년|년도"),
        (
            AfterNumber,
            Word(T::MonthMark),
            "월|월분|월달|월한달|월한달간|월한달동안|월치|월자|월내내",
        ),
        (AfterNumber, Word(T::DayMark), "일|일자|일날|일치"),
        (AfterNumber, Word(T::QuarterMark), "분기|사분기|분기분"),
        (AfterNumber, Word(T::WeekMark), "주차|주차에|째주|번째주"),
        (AfterNumber, Word(T::HourMark), "시|시대|시경|시정각|시분"),
        (AfterNumber, Word(T::Unit(Grain::Hour)), "시간|시간동안|시간치"),
        (AfterNumber, Word(T::Unit(Grain::Day)), "일간|일동안|일간의|일치"),
        (AfterNumber, Word(T::Unit(Grain::IsoWeek)), "주|주간|주동안|주일|주치"),
        (
            AfterNumber,
            Word(T::Unit(Grain::Month)),
            "개월|개월간|달|달간|개월동안|달동안|개월치|달치|월간",
        ),
        (AfterNumber, Word(T::Unit(Grain::Quarter)), "개분기|분기간"),
        (AfterNumber, Word(T::Unit(Grain::Year)), "년간|개년|년동안|년치"),
        (
            Free,
            Word(T::Unit(Grain::HourOfDay)),
            "시각별|시각대별|시간대|시간대별|시간대별로|몇시|몇시에|몇시가|몇시쯤|몇시대|몇시대에",
        ),
        (Free, Word(T::Unit(Grain::Hour)), "시간|시간별|시간당|시간단위|매시간"),
        (
            Free,
            Word(T::Unit(Grain::Day)),
            "일별|일자별|날짜별|하루하루|하루하루의|날마다|하루별|날짜단위|일자순|날짜순|지출일|비용일|데일리|일간|일단위|날|날짜|일자|일일|매일|날은|날이|하루단위|일자단위",
        ),
        (
            Free,
            Word(T::Unit(Grain::IsoWeek)),
            "주|주별|주간|주마다|위클리|주차별|주단위|주일|매주|주간별|주차",
        ),
        (
            Free,
            Word(T::Unit(Grain::Month)),
            "월별|월간|월단위|달마다|월마다|먼슬리|월단위로|한달에얼마씩|매달얼마씩|매월얼마씩|한달평균|한달평균으로|한달에평균|달평균|한달당|달|매월|매달|월|월평균|달별",
        ),
        (Free, Word(T::Unit(Grain::Quarter)), "분기별|분기|분기단위|매분기"),
        (Free, Word(T::Unit(Grain::Year)), "연도별|연간|년도별|연별|연도|매년|해마다"),
        (Free, Word(T::Unit(Grain::Weekday)), "요일|요일별"),
        (Free, Word(T::Half(1)), "상반기"),
        (Free, Word(T::Half(2)), "하반기"),
        (
            Free,
            Word(T::FirstHalf),
            "전반|전반부|전반기|앞절반|첫절반|전반월|상반월|앞부분절반|처음절반|앞쪽절반",
        ),
        (
            Free,
            Word(T::SecondHalf),
            "후반|후반부|후반기|뒤절반|후반월|하반월|나머지절반|뒷절반|뒤쪽절반",
        ),
        (Free, Word(T::Third(1)), "상순|초순|초반|초반부|초"),
        (Free, Word(T::Third(2)), "중순|중반|중반부"),
        (Free, Word(T::Third(3)), "하순|막바지|말경|말"),
        (Free, Word(T::WeekOfMonth(1)), "첫째주|첫주|첫번째주|첫한주|첫주간"),
        (Free, Word(T::WeekOfMonth(2)), "둘째주|두번째주|둘쨋주"),
        (Free, Word(T::WeekOfMonth(3)), "셋째주|세번째주|셋쨋주"),
        (Free, Word(T::WeekOfMonth(4)), "넷째주|네번째주"),
        (Free, Word(T::WeekOfMonth(5)), "다섯째주|다섯번째주"),
        (Free, Word(T::WeekOfMonth(0)), "마지막주|막주|마지막한주|끝주"),
        (Free, Word(T::DayOfWeek(1)), "월요일"),
        (Free, Word(T::DayOfWeek(2)), "화요일"),
        (Free, Word(T::DayOfWeek(3)), "수요일"),
        (Free, Word(T::DayOfWeek(4)), "목요일"),
        (Free, Word(T::DayOfWeek(5)), "금요일"),
        (Free, Word(T::DayOfWeek(6)), "토요일"),
        (Free, Word(T::DayOfWeek(7)), "일요일"),
        (Free, Word(T::Span(2, Grain::Day)), "이틀|이틀간"),
        (Free, Word(T::Span(3, Grain::Day)), "사흘|사흘간|삼일간"),
        (Free, Word(T::Span(4, Grain::Day)), "나흘"),
        (Free, Word(T::Span(5, Grain::Day)), "닷새"),
        (Free, Word(T::Span(7, Grain::Day)), "일주일|일주일간|일주일동안|한주간"),
        (Free, Word(T::Span(10, Grain::Day)), "열흘|열흘간"),
        (Free, Word(T::Span(15, Grain::Day)), "보름|보름간"),
        (Free, Word(T::Span(14, Grain::Day)), "이주일|이주간"),
        (Free, Word(T::Span(1, Grain::IsoWeek)), "한주|한주의"),
        (Free, Word(T::Span(2, Grain::IsoWeek)), "두주|두주간"),
        (Free, Word(T::Span(3, Grain::IsoWeek)), "세주|세주간"),
        (Free, Word(T::Span(1, Grain::Month)), "한달|한달간|한달동안|한달치|한달새"),
        (Free, Word(T::Span(2, Grain::Month)), "두달|두달간|두달치|두달동안"),
        (Free, Word(T::Span(3, Grain::Month)), "세달|석달|세달간|석달간|세달치|석달치|세달동안"),
        (Free, Word(T::Span(6, Grain::Month)), "반년|여섯달"),
        (Free, Word(T::Span(1, Grain::Year)), "일년|일년간|한해"),
        (Free, Word(T::Fiscal), "회계연도|회계년도|회계"),
        (Free, Word(T::Clock(12)), "정오"),
        (Free, Word(T::Morning), "오전"),
        (Free, Word(T::Afternoon), "오후"),
    ];
    let relative = [
        (R::Today, "오늘|금일"),
        (R::Yesterday, "어제"),
        (R::Tomorrow, "내일|명일"),
        (R::DayBefore, "그제|그저께|엊그제"),
        (R::ThisWeek, "이번주|금주"),
        (R::WeekToDate, "이번주들어|이번주누적|주누계"),
        (R::LastWeek, "지난주|저번주|지난한주|지난주간"),
        (R::WeekBeforeLast, "지지난주|저저번주|전전주"),
        (R::NextWeek, "다음주|내주|차주"),
        (R::ThisMonth, "이번달|이달|금월|당월|현재월"),
        (R::LastMonth, "지난달|저번달|지난한달|저번한달"),
        (R::MonthBeforeLast, "지지난달|저저번달|전전월|지지난월|전전달"),
        (R::NextMonth, "다음달|내달|익월|다음월|차월"),
        (R::ThisQuarter, "이번분기|금분기|당분기"),
        (R::LastQuarter, "지난분기|저번분기"),
        (R::NextQuarter, "다음분기|차분기"),
        (R::ThisHalf, "이번반기|금반기|당반기"),
        (R::LastHalf, "지난반기|저번반기|직전반기"),
        (R::ThisYear, "올해|금년|올한해|당해"),
        (R::LastYear, "작년|지난해|전년도|작년한해"),
        (R::YearBeforeLast, "재작년|지지난해"),
        (R::NextYear, "내년|다음해|내년도"),
        (
            R::ThisFiscalYear,
            "이번회계연도|금회계연도|당회계연도|올해회계연도|이번회계년도|현재회계연도",
        ),
        (R::LastFiscalYear, "지난회계연도|전회계연도|작년회계연도|직전회계연도|지난회계년도"),
        (R::ThisFiscalQuarter, "이번회계분기"),
        (R::LastFiscalQuarter, "지난회계분기"),
        (R::FiscalYearToDate, "회계연도누계|회계연도누적|이번회계연도누적|이번회계연도누계"),
        (
            R::YearToDate,
            "올해들어|올해들어서|연초부터|연초이후|올해누적|연누적|연누계|연초부터지금까지|올해현재까지|올해지금까지|올들어|연초대비누적",
        ),
        (
            R::MonthToDate,
            "이번달들어|이번달들어서|이번달누적|월누계|월누적|이번달지금까지|월초부터|이번달현재까지|이달들어",
        ),
        (R::QuarterToDate, "분기누계|분기누적|이번분기누적|이번분기들어"),
        (
            R::PrecedingMonth,
            "지난달같은기간|저번달같은기간|전월같은기간|전월동기|전월동기간|지난달동기|지난달동기간|전월|직전월|그전달|전달|직전달",
        ),
        (
            R::PrecedingWeek,
            "지난주같은기간|전주같은기간|전주동기|전주동기간|지난주같은요일|전주같은요일|전주동요일|전주|직전주|그전주",
        ),
        (R::PrecedingQuarter, "전분기|직전분기"),
        (R::PrecedingDay, "전일|전날|하루전|1일전|바로전날"),
        (R::Preceding, "이전기간|직전기간|전기"),
        (
            R::YearAgo,
            "전년동기|전년동월|전년동분기|작년동기|작년동월|작년같은달|작년같은기간|지난해같은기간|지난해같은달|작년이맘때|전년같은기간|전년같은달|전년|1년전|일년전",
        ),
        (R::All, "전체기간|모든기간|전기간|적재된기간|로드된기간|데이터전체|전체데이터|지금까지"),
    ];
    all.extend(relative.map(|(relative, names)| (Free, Word(T::Relative(relative)), names)));
    all
}
