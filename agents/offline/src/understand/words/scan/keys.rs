//! How people write the keys of tags.

use std::collections::BTreeSet;

// People write tag keys in their own words; each list names one key.
const TAG_WORDS: &[&[&str]] = &[
    &["app", "application", "앱", "애플리케이션", "어플리케이션", "어플"],
    &["environment", "env", "환경"],
    &["team", "팀", "squad"],
    &["business_unit", "businessunit", "business-unit", "bu", "사업부", "사업부서", "부서"],
    &["department", "dept", "부서"],
    &[
        "cost_center",
        "cost-center",
        "costcenter",
        "cost_centre",
        "cost centre",
        "costcentre",
        "코스트센터",
        "코스트 센터",
        "비용 센터",
        "비용센터",
        "원가센터",
    ],
    &["owner", "소유자", "담당자", "오너", "책임자"],
    &["project", "프로젝트"],
    &["org", "organization", "조직"],
    &["workload", "워크로드"],
    &["stage", "스테이지"],
    &["product", "제품"],
    &["name", "이름"],
    &["compartment", "컴파트먼트", "구획"],
    &["criticality", "중요도"],
    &["created by", "createdby", "creator", "생성자", "만든 사람"],
    &["customer", "client", "고객"],
    &["tenant", "테넌트"],
    &["service", "서비스 태그"],
];

// The categories that AWS sorts costs into stand among the tags; people name the one that is loaded.
const COST_CATEGORY: &str = "cost_category:";
const CATEGORY_WORDS: &[&str] =
    &["cost category", "cost categories", "비용 카테고리", "코스트 카테고리", "비용 범주"];

/// The spellings of each key, longest first; of keys with one spelling, the key itself and then the most
/// used one comes first.
pub(super) fn spellings(keys: &[String]) -> Vec<(Vec<char>, String)> {
    let mut spellings: Vec<(Vec<char>, bool, usize, String)> = Vec::new();
    for (place, key) in keys.iter().enumerate() {
        // "user:team", "oracle-tags.createdby": the last part says what it is.
        let last = key.rsplit([':', '.', '/', '\\']).next().unwrap_or(key);
        let mut words: BTreeSet<String> = BTreeSet::new();
        for name in [key.as_str(), last] {
            words.insert(name.to_owned());
            words.insert(name.replace(['_', '-', '.'], " "));
            // "BusinessUnit" for the key business_unit.
            words.insert(name.replace(['_', '-', ' '], ""));
        }
        let categories = keys.iter().filter(|key| key.starts_with(COST_CATEGORY));
        if key.starts_with(COST_CATEGORY) && categories.count() == 1 {
            words.extend(CATEGORY_WORDS.iter().map(|word| (*word).to_owned()));
        }
        let folded = folded(last);
        for list in
            TAG_WORDS.iter().filter(|list| list.iter().any(|word| self::folded(word) == folded))
        {
            words.extend(list.iter().map(|word| (*word).to_owned()));
        }
        spellings.extend(words.into_iter().filter(|word| !word.is_empty()).map(|word| {
            let itself = word == *key;
            (word.chars().collect(), !itself, place, key.clone())
        }));
    }
    spellings.sort_by_key(|(letters, other, place, _)| {
        (std::cmp::Reverse(letters.len()), *other, *place)
    });
    spellings.into_iter().map(|(letters, _, _, key)| (letters, key)).collect()
}

/// Whether two keys are spellings of one thing: "env" and "environment".
pub(crate) fn means_same(one: &str, other: &str) -> bool {
    let listed = |list: &&[&str], key: &str| list.iter().any(|word| folded(word) == folded(key));
    TAG_WORDS.iter().any(|list| listed(list, one) && listed(list, other))
}

fn folded(key: &str) -> String {
    key.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ')).collect()
}
