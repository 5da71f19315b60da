//! Korean words: what charges are grouped by.

#![expect(clippy::too_many_lines, reason = "a list of words is a table")]

use wherefore_contract::dimension::{Dimension, FocusDimension as F};

use super::Place::{self, Free};
use crate::understand::word::Meaning::{self, Service, Tag};

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Place, Meaning, &'static str)> {
    let column = |column: F| Meaning::Dimension(Dimension::Column(column));
    vec![
        (Free, Service, "서비스|클라우드서비스|상품|제품|서비스명|서비스이름"),
        (Free, Meaning::Dimension(Dimension::Workload), "워크로드|마이크로서비스"),
        (
            Free,
            column(F::Provider),
            "공급자|클라우드공급자|씨에스피|벤더사|클라우드벤더|클라우드별사업자|사업자들|클라우드제공자|제공자|공급사|공급업체|제공업체|제공사|벤더|프로바이더|클라우드사|클라우드업체|클라우드사업자|사업자",
        ),
        (Free, column(F::Publisher), "게시자|퍼블리셔|발행사|판매사|판매업체|판매자"),
        (
            Free,
            column(F::InvoiceIssuer),
            "청구서발행자|인보이스발행자|청구서발행사|청구서발행법인|발행법인|청구법인|청구서발행주체|발행주체|청구주체|청구서발행업체|청구서발행기관|청구서발급사|인보이스발행사|인보이스발행법인|인보이스발행주체",
        ),
        (
            Free,
            column(F::SubAccountId),
            "계정|프로젝트|프로젝트id|구독id|구독아이디|계정id|프로젝트아이디|gcp프로젝트|하위계정|서브계정|연결계정|연결된계정|링크드계정|멤버계정|구독|어카운트|서브어카운트|계정아이디",
        ),
        (
            Free,
            column(F::SubAccountName),
            "계정이름|계정명|프로젝트이름|프로젝트명|하위계정이름|하위계정명|구독이름|구독명",
        ),
        (Free, column(F::SubAccountType), "하위계정유형|계정유형"),
        (
            Free,
            column(F::BillingAccountId),
            "청구계정|빌링계정|결제계정|지불계정|관리계정|마스터계정|페이어계정",
        ),
        (
            Free,
            column(F::BillingAccountName),
            "청구계정이름|청구계정명|빌링계정이름|빌링계정명|결제계정이름",
        ),
        (Free, column(F::BillingAccountType), "청구계정유형"),
        (Free, column(F::Region), "리전|지역|위치"),
        (Free, column(F::RegionName), "리전이름|리전명|지역이름|지역명"),
        (Free, column(F::AvailabilityZone), "가용영역|가용존|가용구역|존"),
        (
            Free,
            column(F::ServiceCategory),
            "서비스카테고리|서비스범주|서비스분류|카테고리|범주|서비스유형",
        ),
        (
            Free,
            column(F::ServiceSubcategory),
            "서비스하위카테고리|하위카테고리|하위범주|서브카테고리|서비스하위범주",
        ),
        (
            Free,
            column(F::ChargeCategory),
            "요금유형|과금유형|청구유형|비용유형|요금종류|과금종류|비용종류|요금범주|요금카테고리|과금카테고리|청구범주|과금구분|비용구분|청구카테고리|요금구분",
        ),
        (Free, column(F::ChargeClass), "요금클래스|과금클래스"),
        (Free, column(F::ChargeFrequency), "과금주기|과금빈도|요금빈도|청구빈도|청구주기"),
        (
            Free,
            column(F::ChargeDescription),
            "상품설명|제품설명|서비스설명|sku설명|요금설명|과금설명|청구설명|항목설명|비용설명|설명",
        ),
        (
            Free,
            column(F::PricingCategory),
            "가격범주|가격카테고리|가격유형|가격모델|구매옵션|요금제유형|요금모델|가격책정범주|가격책정카테고리|가격책정유형",
        ),
        (Free, column(F::PricingUnit), "가격단위|과금단위"),
        (Free, column(F::ConsumedUnit), "사용단위|소비단위"),
        (Free, column(F::PricingCurrency), "가격통화|책정통화|가격책정통화|요금통화|단가통화"),
        (Free, column(F::BillingCurrency), "청구통화|통화"),
        (Free, column(F::CommitmentDiscountId), "약정할인|약정|약정사용할인|확약사용할인|커밋먼트"),
        (Free, column(F::CommitmentDiscountName), "약정이름|약정할인이름|약정명|약정할인명"),
        (Free, column(F::CommitmentDiscountType), "약정유형|약정할인유형|약정종류"),
        (
            Free,
            column(F::CommitmentDiscountCategory),
            "약정범주|약정카테고리|약정구분|약정할인범주|약정할인카테고리|약정할인구분",
        ),
        (Free, column(F::CommitmentDiscountStatus), "약정상태|약정할인상태"),
        (Free, column(F::CapacityReservationId), "용량예약"),
        (Free, column(F::CapacityReservationStatus), "용량예약상태"),
        (Free, column(F::InvoiceId), "청구서|인보이스|청구서번호|인보이스번호|송장|송장번호"),
        (
            Free,
            column(F::BillingPeriod),
            "청구기간|청구월|빌링기간|빌링월|청구주기|청구주기별|청구분",
        ),
        (Free, column(F::ResourceId), "리소스|자원|리소스아이디"),
        (Free, column(F::ResourceName), "리소스이름|리소스명|자원이름|자원명"),
        (Free, column(F::ResourceType), "리소스유형|리소스타입|자원유형|리소스종류"),
        (Free, column(F::SkuId), "에스케이유"),
        (Free, column(F::SkuMeter), "미터|계량기|미터기|sku미터|sku계량기|계량항목"),
        (
            Free,
            column(F::InstanceType),
            "인스턴스유형|인스턴스타입|인스턴스종류|인스턴스크기|머신타입|인스턴스패밀리",
        ),
        (
            Free,
            column(F::LineItemType),
            "라인아이템유형|라인유형|라인아이템타입|라인아이템종류|라인타입|라인항목유형|라인아이템분류",
        ),
        (Free, column(F::Operation), "오퍼레이션|작업유형"),
        (
            Free,
            column(F::ProductFamily),
            "제품군|상품군|제품패밀리|상품패밀리|프로덕트패밀리|제품계열|상품계열|제품패밀리명|서비스군",
        ),
        (Free, column(F::ServiceCode), "서비스코드|제품코드|상품코드"),
        (
            Free,
            column(F::UsageType),
            "사용유형|사용량유형|유시지타입|이용유형|사용량타입|사용타입|유즈타입",
        ),
        (Free, Tag, "태그|태그된|태그값|태그키|라벨|레이블"),
    ]
}
