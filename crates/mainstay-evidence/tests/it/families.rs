//! Formats of clouds, databases, servers and devices: one fixture of ours for each.

use crate::formats::golden;

const CLOUDS: [(&str, &str); 15] = [
    (
        "iis",
        "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2024-05-01 12:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem sc-status time-taken\r\n2024-05-01 12:00:00 10.0.0.1 GET /index.html 200 3\r\n2024-05-01 12:00:01 10.0.0.1 GET /pay 503 12\r\n#Fields: time cs-method cs-uri-stem date sc-status\r\n12:00:02 GET /moved 2024-05-01 404\r\n12:00:03 GET /moved 2024-05-01\r\n",
    ),
    (
        "cloudfront",
        "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status\n2024-05-01\t12:00:00\tFRA2-C1\t1045\t192.0.2.1\tGET\td1.example.net\t/view/my file.html\t200\n2024-05-01\t12:00:01\tFRA2-C1\t10\t192.0.2.1\tGET\td1.example.net\t/none\t502\n",
    ),
    (
        "zeek conn",
        "#separator \\x09\n#set_separator\t,\n#path\tconn\n#open\t2024-05-01-12-00-00\n#fields\tts\tuid\tid.orig_h\tid.resp_h\tproto\tconn_state\n#types\ttime\tstring\taddr\taddr\tenum\tstring\n1714564800.123456\tCa1\t192.0.2.1\t10.0.0.1\ttcp\tSF\n1714564801.000000\tCa2\t192.0.2.2\t10.0.0.1\tudp\tS0\n#close\t2024-05-01-13-00-00\n",
    ),
    (
        "vpc flow custom",
        "version vpc-id srcaddr dstaddr start end action\n3 vpc-1 192.0.2.1 10.0.0.1 1714564800 1714564860 ACCEPT\n3 vpc-1 192.0.2.1 10.0.0.1 1714564860 1714564920 REJECT\n",
    ),
    (
        "vpc flow",
        "2 123456789010 eni-1 192.0.2.1 10.0.0.1 5000 443 6 10 840 1714564800 1714564860 ACCEPT OK\n2 123456789010 eni-1 - - - - - - - 1714564860 1714564920 - NODATA\n",
    ),
    (
        "elb classic",
        "2024-05-01T12:00:00.123456Z my-lb 192.0.2.1:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 \"GET http://www.example.com:80/ HTTP/1.1\" \"curl/8\" - -\n2024-05-01T12:00:01.123456Z my-lb 192.0.2.1:2817 - -1 -1 -1 503 0 0 0 \"GET http://www.example.com:80/ HTTP/1.1\" \"curl/8\" - -\n",
    ),
    (
        "alb",
        "h2 2024-05-01T12:00:00.123456Z app/my-lb/1a 192.0.2.1:2817 10.0.0.1:80 0.001 0.048 0.000 200 200 34 366 \"GET https://www.example.com:443/ HTTP/2.0\" \"curl/8\" ECDHE TLSv1.2\nh2 2024-05-01T12:00:01.123456Z app/my-lb/1a 192.0.2.1:2817 - -1 -1 -1 502 - 34 366 \"GET https://www.example.com:443/ HTTP/2.0\" \"curl/8\" ECDHE TLSv1.2\n",
    ),
    (
        "s3",
        "79a59d owner-bucket [01/May/2024:12:00:00 +0000] 192.0.2.3 79a59d 3E57427F3EXAMPLE REST.GET.OBJECT a/b.txt \"GET /owner-bucket/a/b.txt HTTP/1.1\" 200 - 113 - 7 - \"-\" \"S3Console/0.4\" -\n79a59d owner-bucket [01/May/2024:12:00:01 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.OBJECT secret \"GET /owner-bucket/secret HTTP/1.1\" 403 AccessDenied 113 - 7 - \"-\" \"x\" -\n",
    ),
    (
        "cloudtrail",
        "{\"Records\":[{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"Root\"},\"eventTime\":\"2024-05-01T12:00:00Z\",\"eventSource\":\"s3.amazonaws.com\",\"eventName\":\"ListBuckets\",\"requestID\":\"7A1B2C3D4E5F6071\"},{\"eventVersion\":\"1.08\",\"eventTime\":\"2024-05-01T12:00:01Z\",\"eventSource\":\"s3.amazonaws.com\",\"eventName\":\"GetObject\",\"errorCode\":\"AccessDenied\",\"resources\":[{\"a\":1}]}]}",
    ),
    (
        "cloudtrail lines",
        "{\"eventVersion\":\"1.08\",\"eventTime\":\"2024-05-01T12:00:00Z\",\"eventName\":\"ListBuckets\"}\n{\"eventVersion\":\"1.08\",\"eventTime\":\"2024-05-01T12:00:01Z\",\"eventName\":\"GetObject\",\"errorCode\":\"AccessDenied\"}\n",
    ),
    (
        "gcp array",
        "[\n  {\n    \"insertId\": \"1\",\n    \"jsonPayload\": {\n      \"message\": \"no card, [x]\"\n    },\n    \"severity\": \"ERROR\",\n    \"timestamp\": \"2024-05-01T12:00:00.123456Z\",\n    \"trace\": \"projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736\"\n  },\n  {\n    \"textPayload\": \"paid\\nin full\",\n    \"severity\": \"INFO\",\n    \"timestamp\": \"2024-05-01T12:00:01Z\"\n  }\n]\n",
    ),
    (
        "gcp lines",
        "{\"logName\":\"projects/p/logs/a\",\"protoPayload\":{\"methodName\":\"v1.compute.instances.insert\"},\"severity\":\"NOTICE\",\"timestamp\":\"2024-05-01T12:00:00Z\"}\n{\"logName\":\"projects/p/logs/a\",\"textPayload\":\"done\",\"severity\":\"DEFAULT\",\"timestamp\":\"2024-05-01T12:00:01Z\"}\n",
    ),
    (
        "azure",
        "{\"records\": [{\"time\": \"2024-05-01T12:00:00.1234567Z\", \"level\": \"Warning\", \"category\": \"Administrative\", \"operationName\": \"Microsoft.Web/sites/write\", \"correlationId\": \"0a1b2c3d-0000-1111-2222-333344445555\"}, {\"time\": \"2024-05-01T12:00:01Z\", \"level\": \"Informational\", \"category\": \"Administrative\", \"operationName\": \"Microsoft.Web/sites/read\"}]}\n",
    ),
    (
        "json documents",
        "{\n  \"time\": \"2024-05-01T12:00:00Z\",\n  \"level\": \"warn\",\n  \"msg\": \"slow\"\n}\n{\n  \"time\": \"2024-05-01T12:00:01Z\",\n  \"level\": \"info\",\n  \"msg\": \"fine\"\n}\n",
    ),
    (
        "kubernetes audit",
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"auditID\":\"a\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/shop/pods\",\"verb\":\"list\",\"responseStatus\":{\"metadata\":{},\"code\":200},\"requestReceivedTimestamp\":\"2024-05-01T12:00:00.123456Z\",\"stageTimestamp\":\"2024-05-01T12:00:00.200000Z\"}\n{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"auditID\":\"b\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/shop/secrets/x\",\"verb\":\"get\",\"responseStatus\":{\"code\":403},\"requestReceivedTimestamp\":\"2024-05-01T12:00:01.123456Z\"}\n",
    ),
];

const SERVERS: [(&str, &str); 24] = [
    (
        "windows events",
        "<Events>\n<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>\n  <System>\n    <Provider Name='Service Control Manager' Guid='{555908d1}'/>\n    <EventID Qualifiers='49152'>7034</EventID>\n    <Level>2</Level>\n    <TimeCreated SystemTime='2024-05-01T12:00:00.1234567Z'/>\n    <Computer>web1</Computer>\n  </System>\n  <EventData>\n    <Data Name='param1'>Print Spooler</Data>\n  </EventData>\n</Event>\n<Event xmlns='x'><System><Provider Name='App'/><EventID>1</EventID><Level>4</Level><TimeCreated SystemTime=\"2024-05-01T12:00:01Z\"/></System></Event>\n</Events>\n",
    ),
    (
        "mysql slow",
        "/usr/sbin/mysqld, Version: 8.0.36. started with:\nTcp port: 3306  Unix socket: /tmp/mysql.sock\nTime                 Id Command    Argument\n# Time: 2024-05-01T12:00:00.123456Z\n# User@Host: shop[shop] @  [10.0.0.5]  Id:    12\n# Query_time: 2.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 90000\nuse shop;\nSET timestamp=1714564800;\nSELECT *\n  FROM orders\n  WHERE id = 7;\n# User@Host: shop[shop] @  [10.0.0.5]  Id:    13\n# Query_time: 1.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 9\nSET timestamp=1714564801;\nUPDATE orders SET paid = 1;\n",
    ),
    (
        "mysql slow old",
        "# Time: 240501  9:00:00\n# User@Host: shop[shop] @  [10.0.0.5]\n# Query_time: 2.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 90000\nSELECT 1;\n# Time: 240501 12:00:00\n# User@Host: shop[shop] @  [10.0.0.5]\n# Query_time: 2.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 90000\nSELECT 2;\n",
    ),
    (
        "mysql general",
        "2024-05-01T12:00:00.123456Z\t   12 Connect\tshop@10.0.0.5 on shop using TCP/IP\n2024-05-01T12:00:00.133456Z\t   12 Query\tSELECT *\n  FROM orders\n2024-05-01T12:00:01.123456Z\t   12 Quit\t\n",
    ),
    (
        "mysql general old",
        "240501 12:00:00\t    5 Connect\troot@localhost on \n\t\t    5 Query\tSELECT 1\n240501 12:00:01\t    5 Quit\t\n",
    ),
    (
        "mongodb 3",
        "2024-05-01T12:00:00.123+0200 I NETWORK  [listener] waiting\n2024-05-01T12:00:01.123+0200 D1 REPL     [conn1] fetching\n2024-05-01T12:00:02.123+0200 F -        [conn1] Fatal assertion 1\n",
    ),
    (
        "elasticsearch slow",
        "[2024-05-01T12:00:00,123][WARN ][i.s.s.query              ] [node-1] [orders][0] took[1.2s], took_millis[1200], total_hits[7], source[{\"size\":1}]\n[2024-05-01T12:00:01,123][INFO ][i.s.s.fetch              ] [node-1] [orders][1] took[600ms], took_millis[600]\n",
    ),
    (
        "opensearch",
        "[2024-05-01T12:00:00,123][INFO ][o.o.n.Node               ] [node-1] starting ...\n[2024-05-01T12:00:01,123][ERROR][o.o.b.Bootstrap          ] [node-1] [shop] failed\njava.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\n",
    ),
    (
        "elasticsearch json",
        "{\"type\": \"server\", \"timestamp\": \"2024-05-01T12:00:00,123Z\", \"level\": \"WARN\", \"component\": \"o.e.n.Node\", \"message\": \"slow\"}\n{\"type\": \"server\", \"timestamp\": \"2024-05-01T12:00:01,123Z\", \"level\": \"INFO\", \"component\": \"o.e.n.Node\", \"message\": \"fine\"}\n",
    ),
    (
        "rabbitmq",
        "2024-05-01 12:00:00.123456+02:00 [info] <0.230.0> Starting\n2024-05-01 12:00:01.123456+02:00 [error] <0.231.0> Channel error on connection\n2024-05-01 12:00:01.123456+02:00 [error] <0.231.0> operation none caused\n",
    ),
    (
        "rabbitmq old",
        "=INFO REPORT==== 1-May-2024::12:00:00 ===\naccepting AMQP connection <0.230.0>\n\n=CRASH REPORT==== 1-May-2024::12:00:01 ===\n  crasher:\n    pid: <0.99.0>\n\n=ERROR REPORT==== 1-May-2024::12:00:02 ===\nclosing AMQP connection\n",
    ),
    (
        "kafka",
        "[2024-05-01 12:00:00,123] INFO [Broker id=1] Leader changed (state.change.logger)\n[2024-05-01 12:00:01,123] ERROR Failed (really) (kafka.server.KafkaServer)\njava.io.IOException: disk\n\tat a.B.c(B.java:1)\n",
    ),
    (
        "java util logging",
        "May 01, 2024 12:00:00 PM org.apache.catalina.startup.Catalina start\nINFO: Server startup in 2 ms\nMay 01, 2024 12:00:01 PM org.apache.catalina.core.StandardWrapper invoke\nSEVERE: Servlet failed\njava.lang.RuntimeException: x\n\tat a.B.c(B.java:1)\n",
    ),
    (
        "dotnet console",
        "info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://[::]:80\nfail: Shop.Orders[0]\n      Cannot pay\n      System.Exception: no card\n         at Shop.Orders.Pay() in /src/Orders.cs:line 12\n",
    ),
    (
        "serilog compact",
        "{\"@t\":\"2024-05-01T12:00:00.1234567Z\",\"@mt\":\"Hello {Name}\",\"Name\":\"x\"}\n{\"@t\":\"2024-05-01T12:00:01.1234567Z\",\"@mt\":\"Failed\",\"@l\":\"Fatal\",\"@x\":\"System.Exception: no\\n   at A.B()\"}\n",
    ),
    (
        "ruby logger",
        "I, [2024-05-01T12:00:00.123456 #42]  INFO -- : Started GET \"/\"\nF, [2024-05-01T12:00:01.123456 #42] FATAL -- shop: NoMethodError (undefined method `x')\napp/models/order.rb:12:in `pay'\n",
    ),
    (
        "laravel",
        "[2024-05-01 12:00:00] production.ERROR: No query {\"exception\":\"[object] (Exception(code: 0)\n[stacktrace]\n#0 /app/a.php(12): b()\n#1 {main}\n\"} \n[2024-05-01 12:00:01] local.INFO: ok\n",
    ),
    (
        "logcat",
        "--------- beginning of main\n05-01 12:00:00.123  1234  1250 I ActivityManager: Start proc\n05-01 12:00:01.123  1234  1250 E AndroidRuntime: FATAL EXCEPTION: main\n05-01 12:00:01.124  1234  1250 W Tag with blanks: odd\n",
    ),
    (
        "logcat time",
        "05-01 12:00:00.123 I/ActivityManager( 1234): Start proc\n05-01 12:00:01.123 E/AndroidRuntime( 1234): FATAL EXCEPTION: main\n",
    ),
    (
        "logcat brief",
        "I/ActivityManager( 1234): Start proc\nE/AndroidRuntime( 1234): FATAL EXCEPTION: main\n",
    ),
    (
        "strace",
        "[pid   123] 12:00:00.123456 openat(AT_FDCWD, \"/etc/passwd\", O_RDONLY) = 3\n[pid   124] 12:00:00.223456 futex(0x7f, FUTEX_WAIT, 2, NULL <unfinished ...>\n[pid   123] 12:00:00.323456 read(3, \"x\", 1) = 1\n[pid   124] 12:00:00.423456 <... futex resumed>) = 0\n[pid   123] 12:00:00.523456 +++ exited with 0 +++\n",
    ),
    (
        "strace epoch",
        "123 1714564800.123456 read(3, \"x\", 1) = 1\n123 1714564801.123456 close(3) = 0\n",
    ),
    ("strace plain", "openat(AT_FDCWD, \"/etc/passwd\", O_RDONLY) = 3\nread(3, \"x\", 1) = 1\n"),
    (
        "tai64n",
        "@40000000663230ca075bca00 starting\n@40000000663230cb075bca00 INFO ready\n@40000000663230cc075bca00 stopping\n",
    ),
];

const DEVICES: [(&str, &str); 8] = [
    (
        "gc unified",
        "[2024-05-01T12:00:00.123+0000][0.123s][info   ][gc,start     ] GC(0) Pause Young\n[2024-05-01T12:00:00.125+0000][0.125s][warning][gc           ] GC(0) Pause Young 3M->1M(8M) 1.2ms\n",
    ),
    (
        "gc uptime",
        "[0.123s][info][gc] Using G1\n[1.250s][info][gc] GC(0) Pause Young 3M->1M(8M) 1.2ms\n",
    ),
    (
        "gc old",
        "2024-05-01T12:00:00.123+0000: 0.123: [GC (Allocation Failure) 512K->400K(1536K), 0.001 secs]\n2024-05-01T12:00:01.123+0000: 1.123: [Full GC (Ergonomics) 512K->400K(1536K), 0.001 secs]\n",
    ),
    (
        "kernel with a clock",
        "[    0.000000] Linux version 6.1.0\n[    1.500000] rtc_cmos 00:01: setting system clock to 2024-05-01T12:00:00 UTC (1714564800)\n[   12.250000][  T123] usb 1-1: new device\n",
    ),
    ("kernel without", "[    0.000000] Linux version 6.1.0\n[   12.250000] usb 1-1: new device\n"),
    (
        "rsyslog escapes",
        "May  1 12:00:00 web1 shop[42]: cannot pay#012java.lang.IllegalStateException: no card#012#011at a.B.c(B.java:1)\nMay  1 12:00:01 web1 shop[42]: paid\n",
    ),
    (
        "rfc 5424",
        "<165>1 2024-05-01T12:00:00.003Z web1 shop 42 ID47 [exampleSDID@32473 iut=\"3\" note=\"a \\\"b\\\" ]c\"][x@1 y=\"1\"] \u{feff}paid now\n<11>1 2024-05-01T12:00:01+02:00 web1 shop - - - cannot pay\n<14>1 - web1 shop - - - no clock\n",
    ),
    (
        "rfc 5424 counted",
        "54 <11>1 2024-05-01T12:00:00Z web1 shop 42 - - cannot pay57 <14>1 2024-05-01T12:00:01Z web1 shop 42 - - two\nlines one\n46 <14>1 2024-05-01T12:00:02Z web1 shop 42 - - ok",
    ),
];

#[test]
fn clouds_are_read() {
    insta::assert_snapshot!(golden(&CLOUDS));
}

#[test]
fn servers_are_read() {
    insta::assert_snapshot!(golden(&SERVERS));
}

#[test]
fn devices_and_machines_are_read() {
    insta::assert_snapshot!(golden(&DEVICES));
}
