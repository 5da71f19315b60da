use proptest::prelude::*;
use serde_json::{Value, json};
use wherefore_contract::incident::ChangeKind;

use super::*;

fn tables() -> ChangeTables {
    ChangeTables::embedded().unwrap()
}

#[expect(clippy::needless_pass_by_value, reason = "a document that is written in place")]
fn record(event: &str, source: &str, request: Value) -> Value {
    json!({"eventVersion": "1.09", "eventID": format!("id-{event}"), "eventName": event, "eventSource": source,
        "eventTime": "2026-03-01T10:00:00Z", "awsRegion": "ap-northeast-2", "recipientAccountId": "111122223333",
        "readOnly": false, "requestParameters": request,
        "userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::111122223333:assumed-role/deploy/ci-42",
            "sessionContext": {"sessionIssuer": {"userName": "deploy"}}}})
}

#[test]
fn a_cloudtrail_file_becomes_changes() {
    let mut read_only = record("DescribeInstances", "ec2.amazonaws.com", json!({}));
    read_only["readOnly"] = json!(true);
    let mut refused = record("DeleteBucket", "s3.amazonaws.com", json!({"bucketName": "b"}));
    refused["errorCode"] = json!("AccessDenied");
    let file = json!({"Records": [
        record("UpdateFunctionCode20150331v2", "lambda.amazonaws.com", json!({"functionName": "checkout-api"})),
        record("UpdateService", "ecs.amazonaws.com", json!({"service": "cart", "desiredCount": 4})),
        record("RegisterTaskDefinition", "ecs.amazonaws.com", json!({"family": "cart", "tags": [{"key": "workload", "value": "cart"}]})),
        record("PutParameter", "ssm.amazonaws.com", json!({"name": "/cart/db_password", "value": "hunter2!"})),
        record("AuthorizeSecurityGroupIngress", "ec2.amazonaws.com", json!({"groupId": "sg-1"})),
        record("AttachRolePolicy", "iam.amazonaws.com", json!({"roleName": "r"})),
        record("DeleteTable", "dynamodb.amazonaws.com", json!({"tableName": "t"})),
        read_only, refused,
    ]});
    let read = read_cloudtrail(&file.to_string(), &tables());
    let kinds: Vec<(&str, ChangeKind)> =
        read.changes.iter().map(|change| (&*change.summary, change.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("AttachRolePolicy r", ChangeKind::Access),
            ("AuthorizeSecurityGroupIngress sg-1", ChangeKind::Network),
            ("DeleteTable t", ChangeKind::Resource),
            ("PutParameter /cart/db_password", ChangeKind::Config),
            ("RegisterTaskDefinition cart", ChangeKind::Deployment),
            ("UpdateFunctionCode checkout-api", ChangeKind::Deployment),
            ("UpdateService cart", ChangeKind::Scaling),
        ]
    );
    assert_eq!(read.set_aside, [("failed".to_owned(), 1), ("read_only".to_owned(), 1)].into());
    assert_eq!(read.changes[0].actor.as_deref(), Some("deploy/ci-42"));
    assert_eq!(read.changes[4].workload.as_deref(), Some("cart"));
    assert_eq!(read.left_out, []);
    assert_eq!(detect(&file.to_string()), Some(ChangeSource::Cloudtrail));
}

#[test]
fn every_form_of_identity_names_someone() {
    let identities = [
        (json!({"type": "Root", "accountId": "1"}), "root"),
        (json!({"type": "IAMUser", "userName": "kim", "arn": "a"}), "kim"),
        (
            json!({"type": "AWSService", "invokedBy": "autoscaling.amazonaws.com"}),
            "autoscaling.amazonaws.com",
        ),
        (json!({"type": "AWSAccount", "accountId": "222"}), "222"),
        (json!({"type": "WebIdentityUser", "userName": "w", "principalId": "p"}), "w"),
        (json!({"type": "IdentityCenterUser", "onBehalfOf": {"userId": "u-1"}}), "u-1"),
        (json!({"type": "Unknown", "principalId": "p-1"}), "p-1"),
    ];
    for (identity, expected) in identities {
        let mut one = record("PutParameter", "ssm.amazonaws.com", json!({"name": "x"}));
        one["userIdentity"] = identity;
        let read = read_cloudtrail(&one.to_string(), &tables());
        assert_eq!(read.changes[0].actor.as_deref(), Some(expected));
    }
}

#[test]
fn a_broken_entry_does_not_take_the_others_along() {
    let good = record("UpdateFunctionCode", "lambda.amazonaws.com", json!({"functionName": "a"}))
        .to_string();
    let other = good.replace("id-UpdateFunctionCode", "id-2");
    let file = format!(
        "{{\"Records\": [{good}, {{\"eventName\": 1e}}, {{\"eventName\": \"PutX\"}}, {other}]}}\n"
    );
    let read = read_cloudtrail(&file, &tables());
    assert_eq!((read.changes.len(), read.left_out_count), (2, 2));
    let cut = &file[..file.len() - 20];
    let read = read_cloudtrail(cut, &tables());
    assert_eq!(read.changes.len(), 1);
    assert!(read.left_out.iter().any(|one| one.why.contains("in the middle")));
    let lines = format!("{good}\n{{\"eventName\": \"Open\n{other}\nnot json\n");
    let read = read_cloudtrail(&lines, &tables());
    assert_eq!(read.changes.len(), 2);
    assert_eq!(read.left_out.iter().map(|one| one.line).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn no_secret_and_no_hidden_letter_passes() {
    let request = json!({"name": "x\u{202e}evil", "value": "v", "environment": [{"name": "DB_PASSWORD", "value": "hunter2!"},
        {"name": "URL", "value": "postgres://u:hunter2!@host/db"}], "masterUserPassword": "hunter2!", "maxTokens": 5});
    let read =
        read_cloudtrail(&record("PutThing", "x.amazonaws.com", request).to_string(), &tables());
    let text = serde_json::to_string(&read.changes).unwrap();
    assert!(!text.contains("hunter2!") && !text.contains('\u{202e}'), "{text}");
    assert_eq!(read.changes[0].after["environment[DB_PASSWORD].value"], json!("***"));
    assert_eq!(read.changes[0].after["maxTokens"], json!(5));
}

#[test]
fn a_config_notification_tells_before_and_after() {
    let notice = json!({"messageType": "ConfigurationItemChangeNotification",
        "configurationItem": {"resourceType": "AWS::EC2::SecurityGroup", "resourceId": "sg-1", "awsRegion": "us-east-1",
            "awsAccountId": "1", "configurationItemCaptureTime": "2026-03-01T10:00:00.000Z", "configurationItemStatus": "OK",
            "tags": {"workload": "cart"}, "configuration": {}},
        "configurationItemDiff": {"changeType": "UPDATE", "changedProperties": {
            "Configuration.IpPermissions.0": {"previousValue": null, "updatedValue": {"fromPort": 22}, "changeType": "CREATE"},
            "Configuration.Description": {"previousValue": "a", "updatedValue": "b", "changeType": "UPDATE"}}}});
    let read = read_configuration(&notice.to_string(), &tables());
    let change = &read.changes[0];
    assert_eq!((change.kind, change.workload.as_deref()), (ChangeKind::Network, Some("cart")));
    assert_eq!(change.before, [("configuration.Description".to_owned(), json!("a"))].into());
    assert_eq!(change.after["configuration.IpPermissions.0.fromPort"], json!(22));
}

#[test]
fn two_items_of_one_resource_are_compared() {
    let item = |time: &str, memory: u32, revision: &str| {
        json!({"resourceType": "AWS::Lambda::Function", "resourceId": "cart", "configurationItemCaptureTime": time,
            "configurationItemStatus": "OK", "configuration": {"memorySize": memory, "revisionId": revision}})
    };
    let file = json!({"fileVersion": "1.0", "configurationItems": [
        item("2026-03-01T12:00:00Z", 256, "c"), item("2026-03-01T10:00:00Z", 512, "a"), item("2026-03-01T11:00:00Z", 512, "b"),
        {"resourceType": "x"}]});
    let read = read_configuration(&file.to_string(), &tables());
    assert_eq!(read.changes.len(), 1);
    assert_eq!(
        read.changes[0].before,
        [("configuration.memorySize".to_owned(), json!(512))].into()
    );
    assert_eq!(read.changes[0].after, [("configuration.memorySize".to_owned(), json!(256))].into());
    assert_eq!(read.changes[0].kind, ChangeKind::Config);
    assert_eq!(
        read.set_aside,
        [("baseline".to_owned(), 1), ("nothing_changed".to_owned(), 1)].into()
    );
    assert_eq!(read.left_out_count, 1);
}

#[test]
fn documents_differ_where_somebody_changed_them() {
    let before = json!({"a": {"b": 1, "gone": "x"}, "list": [{"name": "p", "v": 1}, {"name": "q", "v": 2}], "plain": [1, 2],
        "policy": "{\"Statement\": [{\"Sid\": \"s\", \"Effect\": \"Deny\"}]}", "etag": "1", "team.size": 1, "token": "t1"});
    let after = json!({"a": {"b": 2}, "list": [{"name": "q", "v": 3}, {"name": "p", "v": 1}], "plain": [2, 1], "new": true,
        "policy": "{\"Statement\": [{\"Sid\": \"s\", \"Effect\": \"Allow\"}]}", "etag": "2", "team.size": 2, "token": "t2"});
    let diff = config_diff(&before, &after, &tables());
    assert_eq!(
        diff.changed.keys().collect::<Vec<_>>(),
        ["\"team.size\"", "a.b", "list[q].v", "policy.Statement[s].Effect", "token"]
    );
    assert_eq!(diff.removed, [("a.gone".to_owned(), json!("x"))].into());
    assert_eq!(diff.added, [("new".to_owned(), json!(true))].into());
    assert_eq!(diff.masked, ["token".to_owned()].into());
    assert_eq!(diff.set_aside, ["etag".to_owned()].into());
    assert_eq!(diff.reordered, ["plain".to_owned()].into());
    assert!(config_diff(&before, &before, &tables()).is_empty());
}

#[test]
fn deployments_are_one_a_line() {
    let text = "{\"id\":\"d1\",\"time\":\"2026-03-01T10:00:00+09:00\",\"workload\":\"cart\",\"kind\":\"deployment\",\"summary\":\"v2\\u001b[31m\"}\n\
        {\"id\":\"d1\",\"time\":\"2026-03-01T10:00:00+09:00\",\"summary\":\"again\"}\n{\"id\":\"d2\",\"time\":\"soon\"}\n{\"time\":\"2026-03-01T10:00:00Z\"}\n";
    let read = read_deployments(text, &tables());
    assert_eq!(read.changes.len(), 1);
    assert_eq!(read.changes[0].time.to_string(), "2026-03-01T01:00:00Z");
    assert_eq!(read.changes[0].summary, "v2 [31m");
    assert_eq!(read.set_aside, [("duplicate".to_owned(), 1)].into());
    assert_eq!(read.left_out.iter().map(|one| one.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(detect(text), Some(ChangeSource::Deployment));
}

#[test]
fn git_is_read_in_its_own_format_and_in_ours() {
    let own = "commit 1f3a5c7d9e (HEAD -> main)\nAuthor: Kim <kim@example.com>\nDate:   Sun Mar 1 10:00:00 2026 +0900\n\n    Fix the cart\n\n    More words\n\n3\t1\tservices/cart/src/a.rs\n-\t-\tservices/cart/logo.png\n\ncommit 2f3a5c7d9e\nAuthor: Lee <l@e>\nDate:   soon\n\n    No date\n";
    let read = read_git(own);
    assert_eq!(read.changes.len(), 1);
    let change = &read.changes[0];
    assert_eq!(
        (change.time.to_string(), &*change.summary),
        ("2026-03-01T01:00:00Z".to_owned(), "Fix the cart")
    );
    assert_eq!(change.after["lines_added"], json!(3));
    assert_eq!(change.after["files_changed"], json!(2));
    assert_eq!(read.left_out[0].line, 12);
    let ours = "1f3a5c7d9e\t2026-03-01T10:00:00+09:00\tKim\tFix\tthe cart\n\n3\t1\tcart/a.rs\n2f3a5c7d9e\t2026-03-02T10:00:00Z\tLee\tOther\n";
    let read = read_git(ours);
    assert_eq!(read.changes.len(), 2);
    assert_eq!(detect(own), Some(ChangeSource::Git));
    assert_eq!(detect(ours), Some(ChangeSource::Git));
}

#[test]
fn workloads_are_found_by_name_and_never_guessed() {
    let names =
        WorkloadNames::new(["checkout", "checkout-api", "cart", "Payment"].map(str::to_owned))
            .with("arn:aws:rds:x:db:legacy", "cart");
    assert_eq!(
        names.find("arn:aws:lambda:ap-northeast-2:1:function:prod-checkoutApi-v2").as_deref(),
        Some("checkout-api")
    );
    assert_eq!(names.find("/prod/cart/db_host").as_deref(), Some("cart"));
    assert_eq!(names.find("cartoon-hub"), None);
    assert_eq!(names.find("cart-to-payment-link"), None);
    let mut change = read_git("1f3a5c7d9e\t2026-03-01T10:00:00Z\tKim\tFix\n1\t1\tservices/cart/a.rs\n1\t1\tservices/cart/b.rs\n").changes.remove(0);
    names.assign(&mut change);
    assert_eq!(change.workload.as_deref(), Some("cart"));
    change.workload = Some("PAYMENT".to_owned());
    names.assign(&mut change);
    assert_eq!(change.workload.as_deref(), Some("Payment"));
}

#[test]
fn a_table_with_an_unknown_key_is_refused() {
    assert!(ChangeTables::parse("tag_keys = []\nfoo = 1").is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}|[{}\\[\\]\":,\\\\ \neventNameRecords0-9]{0,200}") {
        for source in [ChangeSource::Cloudtrail, ChangeSource::Config, ChangeSource::Deployment, ChangeSource::Git] {
            let read = read(&text, source, &tables());
            prop_assert!(read.left_out.len() as u64 <= read.left_out_count);
        }
    }
}
