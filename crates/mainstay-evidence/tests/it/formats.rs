//! One fixture, written by us, for each format: times, levels and where the header ends, as a
//! golden text.

use std::fmt::Write as _;

use mainstay_evidence::recognise::Framing;
use mainstay_evidence::record::Flags;

use crate::shared::read;

/// Name, then the lines.
const FIXTURES: [(&str, &str); 49] = [
    (
        "spring boot",
        "2024-05-01T12:00:00.123+02:00  INFO 4711 --- [shop] [           main] c.e.shop.Application                     : Started in 2.1 seconds\n\
         2024-05-01T12:00:01.456+02:00 ERROR 4711 --- [shop] [nio-8080-exec-1] c.e.shop.Orders : cannot pay\n\
         java.lang.IllegalStateException: no card\n\
         \tat c.e.shop.Orders.pay(Orders.java:12)\n\
         Caused by: java.io.IOException: closed\n\
         \t... 3 more\n\
         2024-05-01T12:00:02.000+02:00  WARN 4711 --- [shop] [           main] c.e.shop.Orders : retry\n",
    ),
    (
        "spring boot 2",
        "2024-05-01 12:00:00.123  INFO 1 --- [           main] o.s.b.w.embedded.tomcat.TomcatWebServer  : Tomcat started\n",
    ),
    (
        "logback",
        "12:00:00.123 [main] DEBUG com.example.Main - hello\n12:00:00.125 [pool-1-thread-2] INFO  com.example.Main - world - more\n",
    ),
    (
        "log4j",
        "2024-05-01 12:00:00,123 INFO  [main] com.example.Main - hello\n2024-05-01 12:00:00,124 FATAL [main] com.example.Main - bye\n",
    ),
    (
        "python",
        "2024-05-01 12:00:00,123 - app.views - WARNING - slow\n2024-05-01 12:00:01,123 - app.views - ERROR - failed\nTraceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nValueError: no\n",
    ),
    ("python root", "INFO:root:started\nWARNING:app.db:slow query\n"),
    (
        "go",
        "2024/05/01 12:00:00 main.go:12: listening on :80\n2024/05/01 12:00:01 server.go:7: bye\n",
    ),
    (
        "go plain",
        "2024/05/01 12:00:00 listening on :80\n2024/05/01 12:00:01 panic soon\npanic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:7 +0x1d\nexit status 2\n",
    ),
    (
        "klog",
        "I0501 12:00:00.123456       1 controller.go:116] \"Starting\" worker=2\nE0501 12:00:01.000001       1 controller.go:200] sync failed: timeout\n",
    ),
    (
        "zap console",
        "2024-05-01T12:00:00.123Z\tinfo\tserver/main.go:12\tstarted\t{\"port\": 80}\n2024-05-01T12:00:01.123Z\terror\tserver/main.go:13\tfailed\t{\"port\": 80}\n",
    ),
    (
        "zap json",
        "{\"level\":\"info\",\"ts\":1714557600.123,\"caller\":\"a.go:1\",\"msg\":\"started\"}\n{\"level\":\"dpanic\",\"ts\":1714557601,\"msg\":\"bad\"}\n",
    ),
    (
        "logrus",
        "time=\"2024-05-01T12:00:00Z\" level=info msg=\"started now\" port=80\ntime=\"2024-05-01T12:00:01Z\" level=warning msg=slow trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7\n",
    ),
    (
        "zerolog",
        "{\"level\":\"warn\",\"time\":1714557600,\"message\":\"slow\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}\n{\"level\":\"info\",\"time\":1714557601,\"message\":\"fine \\\"quoted\\\"\"}\n",
    ),
    (
        "pino",
        "{\"level\":30,\"time\":1714557600123,\"pid\":1,\"hostname\":\"a\",\"msg\":\"hello\"}\n{\"level\":50,\"time\":1714557601123,\"pid\":1,\"hostname\":\"a\",\"msg\":\"no\",\"err\":{\"type\":\"Error\"}}\n",
    ),
    (
        "json without message",
        "{\"ts\":\"2024-05-01T12:00:00Z\",\"op\":\"read\",\"ms\":3}\n{\"ts\":\"2024-05-01T12:00:01Z\",\"op\":\"write\",\"ms\":4}\n",
    ),
    (
        "mongodb",
        "{\"t\":{\"$date\":\"2024-05-01T12:00:00.123+00:00\"},\"s\":\"I\",\"c\":\"NETWORK\",\"id\":22943,\"ctx\":\"listener\",\"msg\":\"Connection accepted\",\"attr\":{\"n\":1}}\n{\"t\":{\"$date\":\"2024-05-01T12:00:01.123+00:00\"},\"s\":\"W\",\"c\":\"QUERY\",\"id\":1,\"ctx\":\"conn1\",\"msg\":\"Slow query\"}\n",
    ),
    (
        "ecs",
        "{\"@timestamp\":\"2024-05-01T12:00:00.123Z\",\"log.level\":\"ERROR\",\"message\":\"no\",\"trace.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}\n{\"@timestamp\":\"2024-05-01T12:00:01.123Z\",\"log\":{\"level\":\"info\"},\"message\":\"yes\"}\n",
    ),
    (
        "nginx access",
        "192.0.2.1 - - [01/May/2024:12:00:00 +0200] \"GET / HTTP/1.1\" 200 612 \"-\" \"curl/8\"\n2001:db8::1 - bob [01/May/2024:12:00:01 +0200] \"POST /pay HTTP/1.1\" 502 0 \"-\" \"curl/8\"\n192.0.2.1 - - [01/May/2024:12:00:02 +0200] \"GET /x HTTP/1.1\" 404 0\n",
    ),
    (
        "nginx error",
        "2024/05/01 12:00:00 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream\n2024/05/01 12:00:01 [notice] 1#1: signal process started\n",
    ),
    (
        "apache error",
        "[Wed May 01 12:00:00.123456 2024] [core:error] [pid 42:tid 140] [client 192.0.2.1:5000] AH00126: Invalid URI\n[Wed May 01 12:00:01.123456 2024] [mpm_event:notice] [pid 42:tid 140] AH00489: configured\n",
    ),
    (
        "syslog",
        "May  1 12:00:00 web1 sshd[42]: Failed password for root\nMay  1 12:00:01 web1 kernel: device up\nMay  1 12:00:02 web1 systemd[1]: Started x.\n",
    ),
    (
        "syslog iso",
        "2024-05-01T12:00:00.123456+02:00 web1 sshd[42]: Failed password\n2024-05-01T12:00:01.123456+02:00 web1 CRON[43]: (root) CMD (x)\n",
    ),
    (
        "rfc 5424",
        "<165>1 2024-05-01T12:00:00.003Z web1 app 42 ID47 [ex@1 a=\"b\"] it failed\n<34>1 2024-05-01T12:00:01.003Z web1 su - - - su root failed\n",
    ),
    (
        "syslog relay",
        "<30>May  1 12:00:00 web1 app[42]: {\"time\":\"2024-05-01T12:00:00Z\",\"level\":\"warn\",\"msg\":\"slow\"}\n<30>May  1 12:00:01 web1 app[42]: {\"time\":\"2024-05-01T12:00:01Z\",\"level\":\"info\",\"msg\":\"ok\"}\n",
    ),
    (
        "journald",
        "{\"__REALTIME_TIMESTAMP\":\"1714557600123456\",\"PRIORITY\":\"3\",\"MESSAGE\":\"unit failed\",\"_PID\":\"1\"}\n{\"__REALTIME_TIMESTAMP\":\"1714557601123456\",\"PRIORITY\":\"6\",\"MESSAGE\":\"unit started\",\"_PID\":\"1\"}\n",
    ),
    (
        "cri with partial lines",
        "2024-05-01T12:00:00.123456789Z stdout P 2024-05-01 12:00:00 INFO a.B: first part \n2024-05-01T12:00:00.123456790Z stdout F second part\n2024-05-01T12:00:01.123456789Z stderr F 2024-05-01 12:00:01 ERROR a.B: boom\n2024-05-01T12:00:01.123456799Z stderr F \tat a.B.c(B.java:1)\n2024-05-01T12:00:09.123456789Z stdout F 2024-05-01 12:00:09 INFO a.B: end\n",
    ),
    (
        "docker json",
        "{\"log\":\"plain hello\\n\",\"stream\":\"stdout\",\"time\":\"2024-05-01T12:00:00.123456789Z\"}\n{\"log\":\"say \\\"hi\\\"\\n\",\"stream\":\"stderr\",\"time\":\"2024-05-01T12:00:01.123456789Z\"}\n",
    ),
    (
        "docker json in json",
        "{\"log\":\"{\\\"level\\\":\\\"error\\\",\\\"msg\\\":\\\"no \\\\\\\"way\\\\\\\"\\\"}\\n\",\"stream\":\"stdout\",\"time\":\"2024-05-01T12:00:00.123456789Z\"}\n{\"log\":\"{\\\"level\\\":\\\"info\\\",\\\"msg\\\":\\\"yes\\\"}\\n\",\"stream\":\"stdout\",\"time\":\"2024-05-01T12:00:00.123456789Z\"}\n",
    ),
    (
        "kubectl prefix",
        "[pod/web-1/app] 2024-05-01T12:00:00Z INFO a.B: hello\n[pod/web-2/app] 2024-05-01T12:00:01Z WARN a.B: hello\n",
    ),
    (
        "kubectl timestamps",
        "2024-05-01T12:00:00.123456789Z {\"level\":\"info\",\"msg\":\"a\"}\n2024-05-01T12:00:01.123456789Z {\"level\":\"warn\",\"msg\":\"b\"}\n",
    ),
    (
        "compose",
        "web-1  | 2024-05-01T12:00:00Z INFO a.B: hello\ndb-1   | 2024-05-01T12:00:01Z WARN a.B: hello\n",
    ),
    (
        "postgresql",
        "2024-05-01 12:00:00.123 UTC [42] LOG:  database system is ready\n2024-05-01 12:00:01.123 UTC [43] bob@shop ERROR:  relation \"x\" does not exist\n2024-05-01 12:00:01.123 UTC [43] bob@shop STATEMENT:  select 1\n",
    ),
    (
        "redis",
        "1:M 01 May 2024 12:00:00.123 * Ready to accept connections\n1:M 01 May 2024 12:00:01.123 # Server started\n",
    ),
    (
        "mysql error",
        "2024-05-01T12:00:00.123456Z 0 [System] [MY-010116] [Server] mysqld starting\n2024-05-01T12:00:01.123456Z 8 [Warning] [MY-010055] [Server] IP address unresolved\n",
    ),
    (
        "kafka",
        "[2024-05-01 12:00:00,123] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)\n[2024-05-01 12:00:01,123] WARN no context here (kafka.server.KafkaServer)\n",
    ),
    (
        "elasticsearch",
        "[2024-05-01T12:00:00,123][INFO ][o.e.n.Node               ] [node-1] starting ...\n[2024-05-01T12:00:01,123][WARN ][o.e.c.Coordinator        ] [node-1] master not found\n",
    ),
    (
        "rabbitmq",
        "2024-05-01 12:00:00.123456+02:00 [info] <0.9.0> started\n2024-05-01 12:00:01.123456+02:00 [error] <0.9.0> crashed\n",
    ),
    (
        "ruby",
        "I, [2024-05-01T12:00:00.123456 #42]  INFO -- : started\nE, [2024-05-01T12:00:01.123456 #42] ERROR -- web: failed\n",
    ),
    (
        "env_logger",
        "[2024-05-01T12:00:00Z INFO  app::server] started\n[2024-05-01T12:00:01Z WARN  app::server] slow\n",
    ),
    (
        "rust tracing",
        "2024-05-01T12:00:00.123456Z  INFO app::server: started port=80\n2024-05-01T12:00:01.123456Z ERROR app::server: failed\n",
    ),
    ("serilog", "[12:00:00 INF] started\n[12:00:01 ERR] failed\n"),
    (
        "logcat",
        "05-01 12:00:00.123  1000  1001 I ActivityManager: start\n05-01 12:00:01.123  1000  1001 W Other: slow\n",
    ),
    (
        "envoy access",
        "[2024-05-01T12:00:00.123Z] \"GET / HTTP/1.1\" 503 UF \"-\" 0 91 5 - \"-\" \"curl\" \"id\" \"host\" \"-\"\n[2024-05-01T12:00:01.123Z] \"GET / HTTP/1.1\" 200 - \"-\" 0 91 5 - \"-\" \"curl\" \"id\" \"host\" \"-\"\n",
    ),
    (
        "unknown program",
        "2024-05-01 12:00:00 | INFO | worker.pool | took 3 jobs\n2024-05-01 12:00:01 | WARN | worker.pool | queue is long\n2024-05-01 12:00:02 | INFO | worker.main | bye\n",
    ),
    ("us time", "05/13/2024 01:00:00 PM ERROR cannot open\n05/14/2024 12:00:00 AM INFO opened\n"),
    (
        "java.util.logging",
        "May 01, 2024 1:00:00 PM com.example.Main run\nWARNING: disk is full\nMay 01, 2024 1:00:01 PM com.example.Main run\nINFO: done\n",
    ),
    (
        "json with plain lines",
        "{\"time\":\"2024-05-01T12:00:00Z\",\"msg\":\"a\"}\nTraceback (most recent call last):\n  File \"a.py\", line 1\nValueError: no\n{\"time\":\"2024-05-01T12:00:01Z\",\"msg\":\"b\"}\nstray\n{\"time\":\"2024-05-01T12:00:02Z\",\"msg\":\"c\"}\n",
    ),
    (
        "cut by rotation",
        "\tat a.B.c(B.java:1)\n2024-05-01 12:00:00 INFO a.B: hello\n\n2024-05-01 12:00:01 INFO a.B: hello\n",
    ),
    (
        "dotnet console",
        "info: Shop.Startup[0]\n      Now listening\nfail: Shop.Orders[3]\n      Cannot pay\n",
    ),
];

/// The same for more products.
const MORE_FIXTURES: [(&str, &str); 24] = [
    (
        "haproxy",
        "May  1 12:00:00 lb1 haproxy[42]: 192.0.2.1:5000 [01/May/2024:12:00:00.123] front back/web1 0/0/1/2/3 200 512 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"\nMay  1 12:00:01 lb1 haproxy[42]: Proxy front started.\n",
    ),
    (
        "w3c",
        "#Software: IIS\n#Fields: date time cs-method cs-uri sc-status\n2024-05-01 12:00:00 GET /index.html 200\n2024-05-01 12:00:01 GET /x 404\n2024-05-01 12:00:02 GET /y 200\n",
    ),
    ("kernel", "[    0.000000] Linux version 6.1\n[   12.345678] usb 1-1: new device\n"),
    (
        "dmesg -T",
        "[Wed May  1 12:00:00 2024] Linux version 6.1\n[Wed May  1 12:00:01 2024] usb 1-1: new device\n",
    ),
    (
        "gc",
        "[2024-05-01T12:00:00.123+0000][0.123s][info][gc] GC(0) Pause Young 3M->1M(8M) 1.2ms\n[2024-05-01T12:00:01.123+0000][1.123s][info][gc] GC(1) Pause Young 3M->1M(8M) 1.2ms\n",
    ),
    (
        "uwsgi",
        "[pid: 42|app: 0|req: 1/1] 192.0.2.1 () {28 vars in 300 bytes} [Wed May  1 12:00:00 2024] GET / => generated 5 bytes in 1 msecs\n",
    ),
    ("sssd", "(Wed May  1 12:00:00 2024) [sssd[be]] [main] (0x0020): failed\n"),
    (
        "mongodb 3",
        "2024-05-01T12:00:00.123+0200 I NETWORK  [listener] waiting\n2024-05-01T12:00:01.123+0200 E STORAGE  [conn1] no space\n",
    ),
    (
        "jboss",
        "2024-05-01 12:00:00,123 INFO  [org.jboss.as] (MSC service thread 1-2) started\n12:00:00,124 WARN  [org.jboss.as] (MSC service thread 1-2) slow\n",
    ),
    (
        "otel python",
        "2024-05-01 12:00:00,123 INFO [app] [main.py:12] [trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 resource.service.name=shop] - paid\n",
    ),
    (
        "bunyan",
        "{\"name\":\"a\",\"hostname\":\"h\",\"pid\":1,\"level\":40,\"msg\":\"slow\",\"time\":\"2024-05-01T12:00:00.123Z\",\"v\":0}\n",
    ),
    (
        "serilog compact",
        "{\"@t\":\"2024-05-01T12:00:00.1234567Z\",\"@mt\":\"Hello {Name}\",\"@l\":\"Warning\",\"Name\":\"x\"}\n",
    ),
    (
        "gcp",
        "{\"severity\":\"ERROR\",\"textPayload\":\"no\",\"timestamp\":\"2024-05-01T12:00:00.123456Z\",\"logging.googleapis.com/trace\":\"projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736\"}\n",
    ),
    (
        "rust tracing json",
        "{\"timestamp\":\"2024-05-01T12:00:00.123456Z\",\"level\":\"INFO\",\"fields\":{\"message\":\"started\",\"port\":80},\"target\":\"app\"}\n",
    ),
    (
        "k8s audit",
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"verb\":\"get\",\"requestReceivedTimestamp\":\"2024-05-01T12:00:00.123456Z\"}\n{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"verb\":\"list\",\"requestReceivedTimestamp\":\"2024-05-01T12:00:01.123456Z\"}\n",
    ),
    (
        "alb",
        "https 2024-05-01T12:00:00.123456Z app/lb/1 192.0.2.1:5000 10.0.0.1:80 0.001 0.002 0.000 200 200 1 2 \"GET https://x:443/ HTTP/1.1\"\n",
    ),
    (
        "vpc flow",
        "2 123456789010 eni-1 192.0.2.1 10.0.0.1 5000 443 6 10 840 1714557600 1714557660 ACCEPT OK\n",
    ),
    ("cups", "E [01/May/2024:12:00:00 +0200] cannot print\nI [01/May/2024:12:00:01 +0200] idle\n"),
    (
        "laravel",
        "[2024-05-01 12:00:00] production.ERROR: No query {\"a\":1}\n[2024-05-01 12:00:01] production.INFO: ok\n",
    ),
    (
        "envoy",
        "[2024-05-01 12:00:00.123][14][warning][config] [source/common/a.cc:1] bad config\n[2024-05-01 12:00:01.123][14][info][main] [source/server.cc:2] starting\n",
    ),
    ("epoch", "1714557600.123 started\n1714557601.456 stopped\n1714557602.456 stopped\n"),
    (
        "several layouts",
        "2024-05-01 12:00:00 INFO a.B: x\n2024-05-01 12:00:01 INFO a.B: x\n2024-05-01 12:00:02 INFO a.B: x\n[2024-05-01T12:00:03Z] [error] y\n[2024-05-01T12:00:04Z] [error] y\n2024-05-01 12:00:05 INFO a.B: x\n[2024-05-01T12:00:06Z] [error] y\n",
    ),
    (
        "compose of two",
        "web-1  | 2024-05-01T12:00:00Z ERROR a.B: no\ndb-1   | 2024-05-01T12:00:00Z INFO a.B: fine\nweb-1  | 2024-05-01T12:00:01Z ERROR a.B: no\nweb-1  | \tat a.B.c(B.java:1)\n",
    ),
    (
        "ansi",
        "\u{1b}[2m2024-05-01T12:00:00.123456Z\u{1b}[0m \u{1b}[32m INFO\u{1b}[0m app::x: started\n",
    ),
];

#[test]
fn every_format_gives_times_levels_and_cuts() {
    insta::assert_snapshot!(golden(&FIXTURES));
}

#[test]
fn more_formats_give_times_levels_and_cuts() {
    insta::assert_snapshot!(golden(&MORE_FIXTURES));
}

pub(crate) fn golden(fixtures: &[(&str, &str)]) -> String {
    let mut golden = String::new();
    for (name, text) in fixtures {
        let reading = read(&format!("{}.log", name.replace(' ', "-")), text.as_bytes());
        let _ = writeln!(golden, "== {name}: {}", reading.summary.label);
        for record in &reading.records {
            let whole = format!("{}{}{}", record.header, record.body, record.tail);
            let ansi = text.contains('\u{1b}');
            let framed = reading.recognition.encoding.framing != Framing::Lines;
            assert!(ansi || framed || text.contains(&whole), "{name}: {record:?}");
            let time = record.time.map_or("-".to_owned(), |time| time.to_string());
            let level = record.level.map_or("-", |level| level.as_str());
            let confidence = record.confidence.as_str();
            let unmatched = if record.flags.has(Flags::UNMATCHED) { " unmatched" } else { "" };
            let _ = writeln!(golden, "{time} {confidence} {level}{unmatched}");
            let _ = writeln!(golden, "   {:?} {:?} {:?}", record.header, record.body, record.tail);
        }
    }
    golden
}
