//! Korean words: what no bill answers, and numbers in words.

use super::Place::{self, AfterNumber, Free, Suffix};
use crate::understand::word::Meaning::{self, *};

/// Meanings with the words that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Place, Meaning, &'static str)> {
    vec![
        (
            Free,
            Coming,
            "다음달|내달|다음주|다음분기|내년|다음해|차월|차주|익월|내년도|연말|연말까지|향후|앞으로|미래",
        ),
        (
            Free,
            Advice,
            "추천|추천해줘|추천해|최적화|최적화방안|절감방안|절감방법|절감할수있는|절감할수|절감하려면|아낄수|아끼려면|줄일수|줄이려면|줄이는방법|줄일방법|이상비용|이상징후|이상치|이상탐지|비정상|제안해줘|조언|개선방안|사야할까|사야하나|구매해야",
        ),
        (
            Free,
            NotInBills,
            "예산|예산대비|탄소|탄소배출|배출량|지연시간|레이턴시|응답시간|가동률|씨피유|메모리사용률|사용률|오류율|에러율|에러|장애|매출|이익|수익|마진|고객수|고객당|사용자당|인당|직원수|직원당|인원수|환율|만료|만료일|갱신일|납부일|결제일|납기|미납|연체|경쟁사|업계평균|성능",
        ),
        (
            Free,
            Write,
            "삭제|삭제해줘|지워|지워줘|종료시켜|종료해줘|꺼줘|꺼|중지|중지시켜|중지해줘|취소|취소해줘|생성|생성해줘|만들어줘|구매해줘|사줘|변경해줘|변경해|수정해줘|수정해|보내줘|보내|메일|이메일|배포|배포해줘|재시작|재시작해줘|해지|해지해줘|축소해줘|늘려줘|줄여줘|붙여줘|달아줘|이관해줘|승인해줘|결제해줘|납부해줘|등록해줘|발송",
        ),
        (
            Free,
            Outside,
            "날씨|주가|농담|시를써|노래|비밀번호|번역|번역해줘|대통령|영화|축구|뉴스|점심|저녁메뉴|시스템프롬프트|프롬프트|연봉|급여|맛집|비트코인|너는누구|넌누구|누구야너|코드짜|소설|로또|운세|여행",
        ),
        (Suffix, PercentSign, "퍼센트|프로|퍼"),
        (AfterNumber, PercentSign, "퍼센트|프로|퍼"),
        (
            AfterNumber,
            Filler,
            "개|개의|가지|곳|건|명|종|위까지|등까지|순위까지|순위|개만|번|개씩|건씩|개까지|개를|건만|곳만|가지만",
        ),
        (AfterNumber, Times, "배"),
        (Free, Number { value: 1, digits: 0 }, "한개|하나|한가지|한곳|하나만|딱하나"),
        (Free, Number { value: 2, digits: 0 }, "두개|두가지|두곳|둘"),
        (Free, Number { value: 3, digits: 0 }, "세개|세가지|세곳|셋"),
        (Free, Number { value: 4, digits: 0 }, "네개|네가지|네곳"),
        (Free, Number { value: 5, digits: 0 }, "다섯개|다섯가지|다섯곳|다섯"),
        (Free, Number { value: 6, digits: 0 }, "여섯개"),
        (Free, Number { value: 7, digits: 0 }, "일곱개"),
        (Free, Number { value: 8, digits: 0 }, "여덟개"),
        (Free, Number { value: 9, digits: 0 }, "아홉개"),
        (Free, Number { value: 10, digits: 0 }, "열개|열가지"),
    ]
}
