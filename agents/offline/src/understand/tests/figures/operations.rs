//! Operations over the whole range, in both languages: each question with all that it is read as.

#![expect(clippy::too_many_lines, reason = "each test is one table")]

use super::super::check;

#[test]
fn english_operations_are_read() {
    check(&[
        (
            "Name the three most expensive services of last month with their cost",
            "breakdown billed_cost by cloud_service 2026-10-01..2026-11-01 limit 3",
        ),
        (
            "What are the top 3 cloud services per account in September?",
            "breakdown billed_cost by cloud_service+sub_account 2026-09-01..2026-10-01 limit 3 per sub_account",
        ),
        (
            "For each account, the most expensive service in September",
            "breakdown billed_cost by sub_account+cloud_service 2026-09-01..2026-10-01 limit 1 per sub_account",
        ),
        (
            "Which service is the second largest by cost in September?",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01 limit 2 place 2",
        ),
        (
            "3rd most expensive account last month",
            "breakdown billed_cost by sub_account 2026-10-01..2026-11-01 limit 3 place 3",
        ),
        (
            "Services over 100 USD in September",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01 [billed_cost > 100]",
        ),
        (
            "Which accounts cost more than $1,000 in October?",
            "breakdown billed_cost by sub_account 2026-10-01..2026-11-01 [billed_cost > 1000]",
        ),
        (
            "services with a share above 5 percent",
            "breakdown billed_cost by cloud_service all [share > 5]",
        ),
        (
            "Which accounts grew by more than 10% from August to September?",
            "compare billed_cost by sub_account 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 [change_percent > 10]",
        ),
        (
            "Which services fell by more than 50 dollars between August and September?",
            "compare billed_cost by cloud_service 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 [change < -50] ascending",
        ),
        ("rows with negative billed cost", "total rows all [each billed_cost < 0]"),
        ("How many rows have a billed cost of zero?", "total rows all [each billed_cost = 0]"),
        (
            "Month over month change of RDS cost by month",
            "trend billed_cost by month [cloud_service=Amazon RDS] all with change",
        ),
        ("monthly change in cost", "trend billed_cost by month all with change"),
        (
            "week over week change in October",
            "trend billed_cost by iso_week 2026-10-01..2026-11-01 with change",
        ),
        (
            "cumulative cost by day in September",
            "trend billed_cost by day 2026-09-01..2026-10-01 running",
        ),
        (
            "running total by day for October",
            "trend billed_cost by day 2026-10-01..2026-11-01 running",
        ),
        (
            "Average cost per account in September",
            "average billed_cost+distinct:sub_account 2026-09-01..2026-10-01",
        ),
        ("average monthly cost", "average billed_cost+distinct:month all"),
        (
            "What is the average cost per resource in October?",
            "average billed_cost+distinct:resource_id 2026-10-01..2026-11-01",
        ),
        ("mean cost per line item in September", "total mean:billed_cost 2026-09-01..2026-10-01"),
        (
            "What was the largest single charge in September?",
            "total max:billed_cost 2026-09-01..2026-10-01",
        ),
        (
            "smallest single charge in October",
            "total min:billed_cost 2026-10-01..2026-11-01 ascending",
        ),
        (
            "EC2 price per hour in September",
            "total billed_unit_price [cloud_service=Amazon Elastic Compute Cloud] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] [charge_category=Usage] 2026-09-01..2026-10-01",
        ),
        (
            "list unit price of EC2",
            "total list_unit_price [cloud_service=Amazon Elastic Compute Cloud] [charge_category=Usage] all",
        ),
        (
            "list, billed and effective cost by service",
            "breakdown list_cost+billed_cost+effective_cost by cloud_service all",
        ),
        (
            "ratio of effective to list cost in September",
            "ratio effective_cost+list_cost 2026-09-01..2026-10-01 <effective_cost > <list_cost >",
        ),
        (
            "How many times more than S3 does EC2 cost?",
            "times billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon Simple Storage Service] all",
        ),
        (
            "How much more did AWS cost than Azure in September?",
            "difference billed_cost+billed_cost [provider=AWS|Microsoft] 2026-09-01..2026-10-01 <billed_cost provider=AWS> <billed_cost provider=Microsoft>",
        ),
        (
            "difference between EC2 and RDS cost in October",
            "difference billed_cost+billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon RDS] 2026-10-01..2026-11-01 <billed_cost cloud_service=Amazon Elastic Compute Cloud> <billed_cost cloud_service=Amazon RDS>",
        ),
        (
            "AWS vs Azure, September",
            "breakdown billed_cost by provider [provider=AWS|Microsoft] 2026-09-01..2026-10-01",
        ),
        (
            "Split EC2 into usage and credits",
            "breakdown billed_cost by charge_category [charge_category=Usage|Credit] [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        (
            "share of EC2 by month",
            "share billed_cost by month [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        ("Azure as % of total", "share billed_cost [provider=Microsoft] all"),
        (
            "services that account for 80 percent of spend",
            "{\"cumulative\":80} billed_cost by cloud_service all",
        ),
        (
            "Which services are new in October?",
            "compare billed_cost+rows by cloud_service 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01 [rows_from = 0]",
        ),
        (
            "Which services disappeared in October?",
            "compare billed_cost+rows by cloud_service 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01 [rows_to = 0] ascending",
        ),
        (
            "accounts whose cost fell between September and October",
            "compare billed_cost by sub_account 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01 [change < 0] ascending",
        ),
        (
            "compare unit cost of checkout in August and September",
            "compare unit_cost [workload=checkout] 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "which workloads have the highest unit cost in September?",
            "breakdown unit_cost by workload 2026-09-01..2026-10-01",
        ),
        (
            "Is there any tax in September?",
            "exists rows+billed_cost [charge_category=Tax] 2026-09-01..2026-10-01",
        ),
        ("Do we have any marketplace charges?", "declined missing_column"),
        ("What period is loaded?", "coverage billed_cost all"),
        ("How many days had charges over 50 dollars?", "count distinct:day all [billed_cost > 50]"),
        (
            "On which days did we spend more than 100 dollars?",
            "breakdown billed_cost by day all [billed_cost > 100]",
        ),
        (
            "Which services have the most resources?",
            "breakdown distinct:resource_id by cloud_service all",
        ),
        (
            "How many hours of EC2 did we consume?",
            "total consumed_quantity [cloud_service=Amazon Elastic Compute Cloud] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] all",
        ),
        (
            "gross EC2 cost in September",
            "total billed_cost [cloud_service=Amazon Elastic Compute Cloud] [charge_category!=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "cost before credits in September",
            "total billed_cost [charge_category!=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "pre-credit cost in September",
            "total billed_cost [charge_category!=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "September cost, credits not counted",
            "total billed_cost [charge_category!=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "Everything that isn't AWS in September",
            "total billed_cost [provider!=AWS] 2026-09-01..2026-10-01",
        ),
        (
            "top services after EC2",
            "breakdown billed_cost by cloud_service [cloud_service!=Amazon Elastic Compute Cloud] all",
        ),
        ("Top5 services", "breakdown billed_cost by cloud_service all limit 5"),
        (
            "largest day-over-day drop in October",
            "jump billed_cost by day 2026-10-01..2026-11-01 ascending",
        ),
        (
            "biggest percentage jump by day in September",
            "trend billed_cost by day 2026-09-01..2026-10-01 limit 1 ranked by change_percent with change",
        ),
        (
            "top 3 daily jumps in September",
            "trend billed_cost by day 2026-09-01..2026-10-01 limit 3 ranked by change with change",
        ),
        (
            "3 largest month over month increases",
            "trend billed_cost by month all limit 3 ranked by change with change",
        ),
        (
            "Why did cost rise in September by account?",
            "explain billed_cost by sub_account 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "Which service drove the increase in September?",
            "explain billed_cost by cloud_service 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 limit 1",
        ),
        ("cost per region for all months", "trend billed_cost by region+month all"),
        ("total cost in all regions together", "total billed_cost all"),
        ("cost by account for each month", "trend billed_cost by sub_account+month all"),
        ("What will this month come to at the current run rate?", "declined beyond_data"),
        ("forecast next year", "declined beyond_data"),
        ("September total in euros", "total billed_cost 2026-09-01..2026-10-01"),
        ("Delete the EC2 instances", "declined out_of_scope"),
        ("Stop all workloads", "declined out_of_scope"),
        ("Create a table of cost by region", "breakdown billed_cost by region all"),
        ("how much over budget are we?", "declined missing_budgets"),
        ("recommend savings", "declined not_supported"),
        ("cost by tag", "clarify tag:app= or tag:environment= or tag:team= or tag:workload="),
        ("Septembr cost by acount", "breakdown billed_cost by sub_account 2026-09-01..2026-10-01"),
        ("Show me wombling cost by region", "declined unknown_entity"),
        (
            "Could you perchance show the September cost?",
            "total billed_cost 2026-09-01..2026-10-01 unread 1",
        ),
        ("cost of the frobnicator service", "declined unknown_entity"),
        ("cost for team Phoenix in September", "declined unknown_entity"),
        (
            "MoM change in September",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        ("List costs by region", "breakdown billed_cost by region all"),
    ]);
}

#[test]
fn korean_operations_are_read() {
    check(&[
        (
            "계정별 상위 3개 서비스 9월 비용",
            "breakdown billed_cost by sub_account+cloud_service 2026-09-01..2026-10-01 limit 3 per sub_account",
        ),
        (
            "매월 가장 비싼 서비스는?",
            "breakdown billed_cost by month+cloud_service all limit 1 per month",
        ),
        (
            "9월에 두 번째로 비용이 큰 계정은?",
            "breakdown billed_cost by sub_account 2026-09-01..2026-10-01 limit 2 place 2",
        ),
        ("비용 2위 서비스", "breakdown billed_cost by cloud_service all limit 2 place 2"),
        (
            "9월에 100달러 이상 나온 서비스는?",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01 [billed_cost >= 100]",
        ),
        (
            "1만 달러 넘게 쓴 계정은?",
            "breakdown billed_cost by sub_account all [billed_cost > 10000]",
        ),
        ("비중이 5% 넘는 서비스", "breakdown billed_cost by cloud_service all [share > 5]"),
        (
            "8월 대비 9월에 10% 이상 증가한 계정",
            "compare billed_cost by sub_account 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 [change_percent >= 10]",
        ),
        ("비용이 마이너스인 행은 몇 개야?", "total rows all [each billed_cost < 0]"),
        ("비용이 0원인 행은 몇 건인가요?", "total rows all [each billed_cost = 0]"),
        ("월별 전월 대비 증감 추이", "trend billed_cost by month all with change"),
        ("전월 대비 가장 많이 늘어난 달은?", "jump billed_cost by month all"),
        ("9월 일별 누적 비용", "trend billed_cost by day 2026-09-01..2026-10-01 running"),
        ("계정당 평균 비용은?", "average billed_cost+distinct:sub_account all"),
        ("월평균 비용은 얼마인가요?", "average billed_cost+distinct:month all"),
        ("9월 리소스당 비용은?", "average billed_cost+distinct:resource_id 2026-09-01..2026-10-01"),
        ("가장 큰 단일 청구 금액은?", "total max:billed_cost all"),
        (
            "EC2 시간당 단가는?",
            "total billed_unit_price [cloud_service=Amazon Elastic Compute Cloud] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] [charge_category=Usage] all",
        ),
        (
            "정가, 청구, 유효 비용을 서비스별로",
            "breakdown list_cost+billed_cost+effective_cost by cloud_service all",
        ),
        (
            "정가 대비 유효 비용 비율은?",
            "percent effective_cost+list_cost all <effective_cost > <list_cost >",
        ),
        (
            "EC2 비용은 RDS의 몇 배야?",
            "times billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon RDS] all",
        ),
        (
            "AWS가 애저보다 9월에 얼마나 더 나왔어?",
            "difference billed_cost+billed_cost [provider=AWS|Microsoft] 2026-09-01..2026-10-01 <billed_cost provider=AWS> <billed_cost provider=Microsoft>",
        ),
        (
            "EC2와 RDS 10월 비용 차이는?",
            "difference billed_cost+billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon RDS] 2026-10-01..2026-11-01 <billed_cost cloud_service=Amazon Elastic Compute Cloud> <billed_cost cloud_service=Amazon RDS>",
        ),
        (
            "EC2 비용을 사용분이랑 크레딧으로 쪼개줘",
            "breakdown billed_cost by charge_category [charge_category=Usage|Credit] [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        (
            "월별 EC2 비중",
            "share billed_cost by month [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        ("팀 태그가 없는 비용은 몇 %야?", "share billed_cost [tag:team is null] all"),
        ("비용의 80%를 차지하는 서비스는?", "{\"cumulative\":80} billed_cost by cloud_service all"),
        (
            "10월에 새로 생긴 서비스는?",
            "compare billed_cost+rows by cloud_service 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01 [rows_from = 0]",
        ),
        (
            "10월에 사라진 서비스",
            "compare billed_cost+rows by cloud_service 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01 [rows_to = 0] ascending",
        ),
        (
            "늘어난 서비스만 8월 대비 9월",
            "compare billed_cost by cloud_service 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 [change > 0]",
        ),
        (
            "8월 대비 9월 checkout 건당 비용 비교",
            "compare unit_cost [workload=checkout] 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "9월 건당 비용이 가장 높은 워크로드는?",
            "breakdown unit_cost by workload [workload not null] 2026-09-01..2026-10-01 limit 1",
        ),
        (
            "9월에 세금이 있나요?",
            "exists rows+billed_cost [charge_category=Tax] 2026-09-01..2026-10-01",
        ),
        ("어느 기간 데이터가 들어 있어?", "coverage billed_cost all"),
        (
            "9월에 100달러 넘은 날은 며칠이야?",
            "count distinct:day 2026-09-01..2026-10-01 [billed_cost > 100]",
        ),
        (
            "리소스가 가장 많은 서비스는?",
            "breakdown distinct:resource_id by cloud_service all limit 1",
        ),
        (
            "EC2를 총 몇 시간 썼어?",
            "total consumed_quantity [cloud_service=Amazon Elastic Compute Cloud] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] all",
        ),
        (
            "크레딧 적용 전 9월 비용",
            "total billed_cost [charge_category!=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "AWS 말고 나머지 클라우드 9월 비용",
            "total billed_cost [provider!=AWS] 2026-09-01..2026-10-01",
        ),
        (
            "9월 비용 TOP5 서비스",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01 limit 5",
        ),
        ("하루 만에 가장 크게 뛴 날은?", "jump billed_cost by day all"),
        (
            "9월에 비용이 늘어난 주범 서비스는 어느 것이야?",
            "explain billed_cost by cloud_service 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 limit 1",
        ),
        ("클라우드별 9월 비용", "breakdown billed_cost by provider 2026-09-01..2026-10-01"),
        ("모든 리전 합쳐서 9월 비용", "total billed_cost 2026-09-01..2026-10-01"),
        ("이번 달 월말 예상 비용은?", "forecast billed_cost 2026-11-01..2026-12-01"),
        ("내년 비용 예측해줘", "declined beyond_data"),
        ("9월 비용 원화로 얼마야?", "total billed_cost 2026-09-01..2026-10-01"),
        ("EC2 인스턴스 꺼줘", "declined out_of_scope"),
        ("예산 대비 얼마나 썼어?", "declined missing_budgets"),
        ("9월 비욤 얼마야", "total billed_cost 2026-09-01..2026-10-01"),
        ("판교 데이터센터 비용은?", "declined unknown_entity"),
        ("9월 지출 좀 알려줄래?", "total billed_cost 2026-09-01..2026-10-01"),
        (
            "9월청구비용을서비스별로알려주세요",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01",
        ),
        ("9월 비용 합계", "total billed_cost 2026-09-01..2026-10-01"),
        (
            "S3 비용 얼마 나왔음?",
            "total billed_cost [cloud_service=Amazon Simple Storage Service] all",
        ),
        (
            "8월보다 9월에 더 비싸진 서비스 3개",
            "compare billed_cost by cloud_service 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 limit 3",
        ),
        ("평일과 주말 비용 비교", "breakdown billed_cost by week_part all"),
        (
            "9월 서비스별 비용, 큰 순서대로",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01",
        ),
        (
            "AWS 비용 중 EC2 비율",
            "share billed_cost [provider=AWS] [cloud_service=Amazon Elastic Compute Cloud] all within provider",
        ),
        (
            "태그 없는 것도 포함해서 팀별 9월 비용",
            "breakdown billed_cost by tag:team 2026-09-01..2026-10-01",
        ),
        ("AWS 말고 9월 비용", "total billed_cost [provider!=AWS] 2026-09-01..2026-10-01"),
        ("AWS 말고 나머지 9월 비용", "total billed_cost [provider!=AWS] 2026-09-01..2026-10-01"),
    ]);
}
