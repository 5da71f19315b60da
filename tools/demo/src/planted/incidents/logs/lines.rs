//! The wording of log lines, after what runtimes, drivers and servers write.

use rand_chacha::ChaCha8Rng;

use crate::planted::incidents::{
    draw::{among, between, hex, pick},
    estate::{Language, Workload},
    truth::instant,
};

fn short(workload: &Workload) -> &str {
    workload.name.split('-').next().unwrap_or_default()
}

pub(super) fn served(workload: &Workload, took_ms: f64, random: &mut ChaCha8Rng) -> String {
    let (name, id) = (short(workload), among(random, 100_000, 999_999));
    match among(random, 0, 3) {
        0 => format!("{name} 조회 완료 id={id} 소요 {took_ms:.0}ms"),
        1 => format!("{name} 요청 처리 완료: 회원 {id}, 결과 {}건", among(random, 1, 40)),
        2 => format!("GET /v1/{name}/{id} 200 {took_ms:.1}ms"),
        _ => format!("handled {name} request id={id} user=u{} in {took_ms:.1} ms", id / 7),
    }
}

pub(super) fn ordinary_failure(workload: &Workload, random: &mut ChaCha8Rng) -> String {
    let (name, id) = (short(workload), among(random, 100_000, 999_999));
    match among(random, 0, 2) {
        0 => format!("{name} 검증 실패: 필수 항목 누락 (요청 {id})"),
        1 => format!("unexpected end of body of request {id}"),
        _ => format!("{name} {id} changed while it was read, giving up after 3 tries"),
    }
}

/// The exception of a fault: the same place in the code for all of one incident.
pub(super) fn exception(workload: &Workload, onset: i64, random: &mut ChaCha8Rng) -> String {
    let name = short(workload);
    let line = 40 + onset.rem_euclid(300);
    let id = among(random, 100_000, 999_999);
    match workload.language {
        Language::Java => format!(
            "{name} 처리 실패 id={id}\njava.lang.NullPointerException: Cannot invoke \"com.moonjar.{name}.Price.amount()\" because \"item.price\" is null\n\tat com.moonjar.{name}.Total.add(Total.java:{line})\n\tat com.moonjar.{name}.Handler.handle(Handler.java:88)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)"
        ),
        Language::Go => format!(
            "panic recovered id={id}: runtime error: index out of range [{}] with length 0\ngoroutine 4711 [running]:\nmoonjar/{name}/total.add(...)\n\t/src/{name}/total.go:{line}",
            among(random, 0, 9)
        ),
        Language::Node => format!(
            "TypeError: Cannot read properties of undefined (reading 'amount') id={id}\n    at total (/app/{name}/total.js:{line}:17)\n    at async handle (/app/{name}/handler.js:31:5)"
        ),
        Language::Python => format!(
            "Traceback (most recent call last):\n  File \"/app/{name}/handler.py\", line 57, in handle\n  File \"/app/{name}/total.py\", line {line}, in add\nKeyError: 'amount' (id={id})"
        ),
    }
}

pub(super) fn out_of_memory(workload: &Workload, random: &mut ChaCha8Rng) -> String {
    match workload.language {
        Language::Java => format!(
            "java.lang.OutOfMemoryError: Java heap space\n\tat java.base/java.util.Arrays.copyOf(Arrays.java:{})\n\tat com.moonjar.{}.SessionCache.put(SessionCache.java:52)",
            among(random, 3500, 3600),
            short(workload)
        ),
        Language::Go => format!(
            "fatal error: runtime: out of memory: cannot allocate {}-byte block (container limit reached, OOMKilled)",
            among(random, 1, 64) * 1_048_576
        ),
        Language::Node => {
            "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory"
                .to_owned()
        }
        Language::Python => format!(
            "MemoryError: worker {} was sent SIGKILL! Perhaps out of memory?",
            among(random, 7, 400)
        ),
    }
}

pub(super) fn collecting(workload: &Workload, memory: f64, pause: f64) -> String {
    let percent = memory * 100.0;
    match workload.language {
        Language::Java => format!(
            "GC pause (G1 Evacuation Pause) {pause:.1}ms, heap {percent:.1}% after collection"
        ),
        Language::Go => format!("gc forced: heap at {percent:.1}% of limit, pause {pause:.2}ms"),
        Language::Node => format!(
            "Mark-sweep {pause:.1} ms, heap {percent:.1}% of limit, allocation failure scavenge might not succeed"
        ),
        Language::Python => {
            format!("memory at {percent:.1}% of limit, collection took {pause:.0} ms")
        }
    }
}

pub(super) fn pool_exhausted(random: &mut ChaCha8Rng) -> String {
    format!(
        "HikariPool-1 - Connection is not available, request timed out after {}ms (total=6, active=6, idle=0, waiting={})",
        among(random, 3000, 3010),
        among(random, 20, 90)
    )
}

pub(super) fn rejected(workload: &Workload, random: &mut ChaCha8Rng) -> String {
    format!(
        "request rejected: worker pool exhausted (active={:.0}, queued={})",
        workload.slots,
        among(random, 100, 900)
    )
}

pub(super) fn timed_out(workload: &Workload, to: &str, after_ms: f64) -> String {
    match workload.language {
        Language::Java => format!(
            "java.net.http.HttpTimeoutException: request to {to} timed out after {after_ms:.0} ms"
        ),
        Language::Go => format!("call {to}: context deadline exceeded after {after_ms:.0}ms"),
        Language::Node => format!("AxiosError: timeout of {after_ms:.0}ms exceeded calling {to}"),
        Language::Python => format!(
            "ReadTimeout: HTTPConnectionPool(host='{to}', port=8080): Read timed out. (read timeout={after_ms:.0})"
        ),
    }
}

pub(super) fn certificate(workload: &Workload, to: &str, onset: i64) -> String {
    let ended = instant(onset);
    match workload.language {
        Language::Java => format!(
            "javax.net.ssl.SSLHandshakeException: call to {to}: PKIX path validation failed: java.security.cert.CertificateExpiredException: NotAfter: {ended}"
        ),
        Language::Go => format!(
            "call {to}: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time is after {ended}"
        ),
        Language::Node => format!(
            "Error: certificate has expired calling {to} (code CERT_HAS_EXPIRED, valid to {ended})"
        ),
        Language::Python => format!(
            "SSLCertVerificationError calling {to}: certificate verify failed: certificate has expired (notAfter={ended})"
        ),
    }
}

pub(super) fn throttled(to: &str, random: &mut ChaCha8Rng) -> String {
    format!(
        "429 Too Many Requests from {to}: ThrottlingException: account quota exceeded (request {})",
        hex(random, 12)
    )
}

pub(super) fn lost(workload: &Workload, to: &str, random: &mut ChaCha8Rng) -> String {
    let port = among(random, 32_000, 60_000);
    match workload.language {
        Language::Java => {
            format!("java.net.SocketException: Connection reset ({to}, local port {port})")
        }
        Language::Go => format!(
            "call {to}: read tcp 10.20.1.7:{port}->10.31.8.2:443: read: connection reset by peer"
        ),
        Language::Node => format!("Error: read ECONNRESET {to} local port {port}"),
        Language::Python => format!(
            "ConnectionResetError: [Errno 104] Connection reset by peer ({to}, local port {port})"
        ),
    }
}

pub(super) fn answered(workload: &Workload, to: &str, tried: i32) -> String {
    match workload.language {
        Language::Java | Language::Python => {
            format!("call to {to} failed with status 5xx, attempt {tried}")
        }
        Language::Go => format!("upstream {to} answered 5xx (attempt={tried})"),
        Language::Node => format!("{to} 호출 실패: 5xx 응답, 시도 {tried}회"),
    }
}

pub(super) fn started(workload: &Workload, version: &str) -> String {
    format!("Starting {} version {version}", workload.name)
}

pub(super) fn slow_statement(longest_ms: f64, random: &mut ChaCha8Rng) -> String {
    format!(
        "LOG:  duration: {longest_ms:.3} ms  statement: SELECT region, sum(amount) FROM order_lines WHERE created_at > now() - interval '{} days' GROUP BY region",
        among(random, 30, 400)
    )
}

pub(super) fn checkpoint(random: &mut ChaCha8Rng) -> String {
    format!(
        "LOG:  checkpoint complete: wrote {} buffers ({:.1}%); write={:.3} s",
        among(random, 800, 4000),
        between(random, 0.5, 9.0),
        between(random, 10.0, 200.0)
    )
}

pub(super) fn batch(workload: &Workload, part: usize) -> String {
    format!("{} 배치 처리 중: 파티션 {part}/512", workload.name)
}

pub(super) fn object_reads(workload: &Workload, random: &mut ChaCha8Rng) -> String {
    let name = short(workload);
    let why = ["manifest not found", "manifest checksum differs", "manifest empty"];
    let why = pick(random, &why).copied().unwrap_or_default();
    format!(
        "{name} {why}, reading all objects one by one: prefix=s3://moonjar-{name}/parts/{} count={}",
        hex(random, 6),
        among(random, 400, 900)
    )
}

pub(super) fn stolen(workload: &Workload, share: f64) -> String {
    format!(
        "cpu throttled on {}: {:.0}% of the time slice was not available",
        workload.host,
        share * 100.0
    )
}
