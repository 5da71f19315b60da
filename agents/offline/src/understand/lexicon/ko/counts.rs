//! Korean words of counting: rows, missing values, thresholds, and what is loaded.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension as F},
    filter::Comparison,
};

use super::Place::{self, AfterNumber, Free, Suffix};
use crate::understand::word::Meaning::{
    self, Bound, Breakdown, Complete, Cost, Filler, First, HowMany, Last, Sign, With, Without,
};

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Place, Meaning, &'static str)> {
    vec![
        (AfterNumber, Filler, "만|억|천|백만|천만|십만|백"),
        (
            Free,
            Meaning::Measure(Measure::Rows),
            "라인|청구줄|데이터행|로우수|요금행|요금행수|요금항목|라인건수|행건수|레코드건수|데이터건수|줄수|청구내역건수|내역건수|로우개수|라인개수|레코드개수",
        ),
        (
            Free,
            HowMany,
            "몇대|몇팀|몇종류씩|몇개씩|몇가지씩|몇개나|몇건이나|몇곳이나|몇줄이나|몇개인가|몇개예요|가짓수|유니크|유니크한|몇군데씩|몇대나|몇대씩|종류가몇|몇개쯤|몇개정도|개수만|건수만",
        ),
        (
            Free,
            Without,
            "값이누락된|값이누락되|값누락된|값이빠진|값이빠져있는|값이없는|값없는|값이비어있는|값이빈|비어있|비었|빠져있는|빠져있|누락되어있는|누락되어|누락돼|누락되|안들어간|안들어있는|안찍힌|없는것|없는거|정보없는|정보가없는|안채워진|채워지지않은|널인|널값인|널값|공란|공란인|공백|공백인|미기재|안달려있는|안붙어있는|붙지않은것|안매겨진|미기입|미입력",
        ),
        (
            Suffix,
            Bound(Comparison::Above),
            "을웃도는|를웃도는|웃도는|을상회하는|를상회하는|상회하는|을넘어간|를넘어간|을넘긴|을넘겼|를넘겼|을넘었|를넘었|을초과했|를초과했|초과했|넘겨|을넘겨|를넘겨|보다많이|보다더|보다비쌌",
        ),
        (
            Free,
            Bound(Comparison::Above),
            "웃도는|상회하는|상회한|초과했|넘겼|넘어간|넘어선|넘어섰|넘길|넘을|넘기는|넘나",
        ),
        (
            Suffix,
            Bound(Comparison::Below),
            "도안쓴|도안쓰는|도안나온|도안나오는|도안든|도안드는|도안되|도안된|도못미치는|에못미치는|도못쓴|을밑도는|를밑도는|밑|밑인|밑으로|밑의|아래|아래인|아래의|아래로|보다적게|보다덜",
        ),
        (
            Free,
            Bound(Comparison::Below),
            "밑|밑인|밑으로|아래|아래인|아래로|못미치는|밑도는|도안쓴|안되는|안된",
        ),
        (
            Suffix,
            Bound(Comparison::AtLeast),
            "이상나간|이상나오는|이상든|이상쓰는|이상쓴|이상발생한|이상으로",
        ),
        (
            Free,
            Sign(Comparison::Equal),
            "한푼도안나온|한푼도안나오는|한푼도안쓴|한푼도안든|한푼도안드는|한푼도없는|돈안드는|돈안든|돈이안드는|돈이안든|비용이영|비용제로|비용이제로|비용이발생하지않은|비용이발생하지않는|비용발생없는|과금되지않은|과금이안된|과금안된|과금안되는|0불|0불인|비용이안든|비용이안드는",
        ),
        (
            Free,
            Sign(Comparison::NotEqual),
            "0이아닌|0원이아닌|0달러가아닌|비용이0이아닌|돈이드는|돈이든|돈이나가는|돈이나간|실제로비용이발생한|실제로비용이나온|실제비용이발생한|실제로돈이나간|유료|유료인",
        ),
        (
            Free,
            Complete,
            "데이터있는일수|데이터있는날|데이터있는날수|데이터일수|적재일수|데이터가있는날수|데이터있는날짜수|데이터가들어있는날|데이터가존재하는날|데이터존재일수|일수",
        ),
        (Free, Cost, "일비용|일지출|일간비용|일사용료|일청구비용|일청구액|일별비용이"),
        (Free, With, "값이있는|값있는|들어있는"),
        (
            Free,
            First,
            "첫과금일|첫청구일|최초과금일|최초청구일|첫요금|첫데이터|제일처음|가장처음|첫등장",
        ),
        (
            Free,
            Last,
            "마지막과금일|마지막청구일|최종과금일|마지막요금|마지막청구|며칠까지|몇일까지|어느날까지|언제까지|마지막데이터|제일마지막|가장마지막|맨마지막|최신날짜|최근날짜|몇시까지|어디까지",
        ),
        (Free, Breakdown, "나열해|열거|열거해|목록만|리스트만|리스트업|전체목록|이름목록|종류목록"),
        (
            Free,
            Meaning::Dimension(Dimension::Column(F::BillingCurrency)),
            "결제통화|청구통화|화폐|화폐단위|과금통화",
        ),
        (
            Free,
            Filler,
            "이파일|파일|이데이터|이청구서|컬럼|칼럼|필드|확인부탁|덜들어온|들어온|들어왔|돌아가|도는지|찍어줘|하나만찍어줘|하나만뽑아줘|기준으로요|기준이요|기준이에요|보려고요|보려고|보려구요|보려는데|확인하려고|확인하려고요|체크하려고|체크하려고요|며칠에|몇일에|며칠날",
        ),
    ]
}
