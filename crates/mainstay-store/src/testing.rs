//! For tests: a PostgreSQL cluster of the test process's own, from the installed programs. It
//! lives in a temporary folder, listens on loopback only, and ends with the process, however that
//! ends. Not in a release: the feature `testing` is only asked for by tests.

use std::io::{self, BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, Row as _};

use crate::address::StoreUrl;
use crate::store::Store;

/// The account that PostgreSQL's packages make; the server refuses to run as root.
const SERVER_ACCOUNT: &str = "postgres";
/// A port taken in between is another test's: try another one.
const START_ATTEMPTS_MAX: u32 = 5;
/// Starts the server, says so, waits until its input ends, and clears up. It outlives a killed
/// test process long enough for that, which no destructor does.
const SUPERVISOR: &str = r#"
"$1/initdb" -D "$2/data" -U mainstay -A trust -E UTF8 --no-locale -N >"$2/initdb.log" 2>&1 &&
"$1/pg_ctl" -D "$2/data" -w -t 60 -l "$2/server.log" -o "-h 127.0.0.1 -p $3 -k $2 -c fsync=on \
 -c max_connections=300 -c shared_buffers=32MB" start >"$2/start.log" 2>&1 && echo started
cat >/dev/null
"$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1
rm -rf "$2"
"#;

/// A running cluster.
pub struct Cluster {
    port: u16,
    programs: PathBuf,
    folder: PathBuf,
    supervisor: Mutex<Supervisor>,
    databases: AtomicU32,
}

struct Supervisor {
    child: Child,
    /// Closing it ends the server.
    input: Option<ChildStdin>,
}

/// The cluster that all tests of this process share.
///
/// # Panics
/// When PostgreSQL is not installed or does not start: a test that needs it fails and says so.
#[must_use]
pub fn cluster() -> &'static Cluster {
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(Cluster::start)
}

impl Cluster {
    /// Starts a cluster for one test alone.
    ///
    /// # Panics
    /// As `cluster`.
    #[must_use]
    pub fn start() -> Self {
        let programs = find_programs()
            .expect("PostgreSQL is installed for this test; if not, run scripts/test-needs");
        let mut reason = String::new();
        for _ in 0..START_ATTEMPTS_MAX {
            match Self::try_start(&programs) {
                Ok(cluster) => return cluster,
                Err(error) => reason = error.to_string(),
            }
        }
        panic!("PostgreSQL does not start; run scripts/test-needs: {reason}");
    }

    fn try_start(programs: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("mainstay-pg-").tempdir()?.keep();
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new("sh");
        command
            .args(["-c", SUPERVISOR, "supervisor"])
            .args([programs.as_os_str(), folder.as_os_str()])
            .arg(port.to_string())
            .current_dir(&folder)
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // a signal to the test's group is not the server's
            .process_group(0);
        if std::fs::metadata("/proc/self")?.uid() == 0 {
            let (user, group) = server_account()?;
            chown(&folder, Some(user), Some(group))?;
            command.uid(user).gid(group);
        }
        let mut child = command.spawn()?;
        let input = child.stdin.take();
        let mut word = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut word)?;
        }
        if word.trim() != "started" {
            let log = std::fs::read_to_string(folder.join("server.log"));
            drop(input);
            child.wait()?;
            return Err(io::Error::other(log.unwrap_or_else(|_| "initdb failed".to_owned())));
        }
        let supervisor = Mutex::new(Supervisor { child, input });
        let (programs, databases) = (programs.to_owned(), AtomicU32::new(0));
        Ok(Self { port, programs, folder, supervisor, databases })
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// When the cluster does not answer.
    pub async fn new_database(&self) -> StoreUrl {
        let name = format!("desk_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnectOptions::new_without_pgpass()
            .host("127.0.0.1")
            .port(self.port)
            .username("mainstay")
            .database("postgres")
            .connect()
            .await
            .expect("the cluster that was just started answers");
        let create = sqlx::AssertSqlSafe(format!("create database {name}"));
        connection.execute(create).await.expect("a name that was never given is free");
        connection.close().await.expect("nothing is left to be done on the connection");
        StoreUrl::Postgres(format!("postgres://mainstay@127.0.0.1:{}/{name}", self.port))
    }

    /// The process that started all others of the server.
    ///
    /// # Panics
    /// When the server is not running.
    #[must_use]
    pub fn server_process(&self) -> u32 {
        let file = std::fs::read_to_string(self.folder.join("data/postmaster.pid"));
        let file = file.expect("a running server says which process it is");
        let process = file.lines().next().and_then(|line| line.parse().ok());
        process.expect("the first line of the file is the process")
    }

    /// Stops the server at once, as a crash would, and starts it again.
    ///
    /// # Panics
    /// When it does not come back.
    pub fn crash(&self) {
        let data = self.folder.join("data");
        for arguments in [&["-m", "immediate", "stop"][..], &["-w", "-t", "60", "start"]] {
            let mut command = Command::new(self.programs.join("pg_ctl"));
            command.arg("-D").arg(&data).arg("-l").arg(self.folder.join("server.log"));
            command.args(arguments).stdout(Stdio::null()).current_dir(&self.folder);
            let owner = std::fs::metadata(&self.folder).expect("the folder is there");
            if std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() != owner.uid()) {
                command.uid(owner.uid()).gid(owner.gid());
            }
            let options = format!("-h 127.0.0.1 -p {} -k {}", self.port, self.folder.display());
            if arguments.contains(&"start") {
                command.arg("-o").arg(options);
            }
            let status = command.status().expect("pg_ctl is where it was");
            assert!(status.success(), "pg_ctl {arguments:?}");
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let supervisor = self.supervisor.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(supervisor.input.take());
        // nothing can be done about a supervisor that is gone
        let _ = supervisor.child.wait();
    }
}

impl Store {
    /// What the engine says about the settings that durability hangs on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn durability(&self) -> Result<Vec<String>, crate::StoreError> {
        const SQLITE: &str = "select 'journal_mode ' || j.journal_mode as setting \
            from pragma_journal_mode j union all \
            select 'synchronous ' || s.synchronous from pragma_synchronous s union all \
            select 'foreign_keys ' || f.foreign_keys from pragma_foreign_keys f";
        const POSTGRES: &str = "select name || ' ' || setting as setting from pg_settings \
            where name in ('fsync', 'synchronous_commit', 'lock_timeout', 'statement_timeout', \
            'idle_in_transaction_session_timeout') order by name";
        let mut held = self.writer().await?;
        let mut connection = held.connection();
        let sql = match connection {
            crate::connection::Connection::Sqlite(_) => SQLITE,
            crate::connection::Connection::Postgres(_) => POSTGRES,
        };
        let rows = connection.rows(sql, vec![]).await?;
        rows.iter().map(|row| row.get("setting")).collect()
    }

    /// Prepares every statement of the store; the names of those that the engine refuses.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn prepare_all(&self) -> Result<Vec<String>, crate::StoreError> {
        use crate::connection::Connection;
        use crate::{dialect, statement};
        let mut held = self.writer().await?;
        let mut connection = held.connection();
        let mut statements: Vec<(&str, &'static str)> = Vec::new();
        for shared in [
            statement::log::ALL,
            statement::plain::ALL,
            statement::project::ALL,
            statement::read::ALL,
            statement::queue::ALL,
            statement::customer::ALL,
            statement::mitigation::ALL,
            statement::swarm::ALL,
            statement::person::ALL,
            statement::handoff::ALL,
            statement::signature::ALL,
            statement::link::ALL,
            statement::checkpoint::ALL,
            statement::backup::ALL,
        ] {
            statements.extend(shared);
        }
        let differing = dialect::ALL.iter().map(|(name, pair)| (*name, pair.of(&connection)));
        statements.extend(differing);
        statements.extend(statement::queue::of_engine(&connection));
        let mut refused = Vec::new();
        for (name, sql) in statements {
            let outcome = match &mut connection {
                Connection::Sqlite(connection) => {
                    (&mut **connection).prepare(sqlx::SqlSafeStr::into_sql_str(sql)).await.map(drop)
                }
                Connection::Postgres(connection) => {
                    (&mut **connection).prepare(sqlx::SqlSafeStr::into_sql_str(sql)).await.map(drop)
                }
            };
            if let Err(error) = outcome {
                refused.push(format!("{name}: {error}"));
                // PostgreSQL would refuse all that follow in this transaction
                break;
            }
        }
        held.rollback().await?;
        Ok(refused)
    }
}

impl Store {
    /// The tables that come back from a backup as they were, and those that are folded anew.
    #[must_use]
    pub fn tables_kept() -> Vec<&'static str> {
        [crate::backup::tables(), crate::rebuild::tables()].concat()
    }

    /// How the engine finds the pages of the queue: the name of the statement, and the plan as the
    /// engine tells it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn explain_queue(&self) -> Result<Vec<(String, String)>, crate::StoreError> {
        use crate::connection::Connection;
        // the plan that a statement gets which is run often with differing values
        const PREPARE: &str = "set plan_cache_mode = force_generic_plan; prepare page as ";
        const OWNERS: [&str; 4] = ["any", "nobody", "user", "receiver"];
        const SORTS: [&str; 4] = ["severity", "updated", "opened", "due"];
        let mut held = self.writer().await?;
        let mut connection = held.connection();
        let mut plans = Vec::new();
        for (name, pages) in crate::statement::queue::searches(&connection) {
            let search = match *name {
                "all cases" => "",
                "few" => ", '{1,2}'",
                _ => ", 'word1'",
            };
            for (owner, sort) in (0..4).flat_map(|owner| (0..4).map(move |sort| (owner, sort))) {
                let sql = pages[owner][sort];
                let plan: Vec<String> = match &mut connection {
                    Connection::Sqlite(connection) => {
                        let sql = sqlx::AssertSqlSafe(format!("explain query plan {sql}"));
                        let rows = sqlx::raw_sql(sql).fetch_all(&mut **connection).await?;
                        rows.iter().map(|row| row.get("detail")).collect()
                    }
                    Connection::Postgres(connection) => {
                        let prepare = sqlx::AssertSqlSafe(format!("{PREPARE}{sql}"));
                        sqlx::raw_sql(prepare).execute(&mut **connection).await?;
                        let rank = if sort == 0 { "2" } else { "'1234'" };
                        let values = format!("false, 'any', {rank}, 9, 9, 51{search}");
                        let sql = sqlx::AssertSqlSafe(format!("explain execute page ({values})"));
                        let rows = sqlx::raw_sql(sql).fetch_all(&mut **connection).await?;
                        sqlx::raw_sql("deallocate page").execute(&mut **connection).await?;
                        rows.iter().map(|row| row.get(0)).collect()
                    }
                };
                let name = format!("{name} of {} by {}", OWNERS[owner], SORTS[sort]);
                plans.push((name, plan.join("\n")));
            }
        }
        held.rollback().await?;
        Ok(plans)
    }

    /// Lets the database grow by some pages and no further, as a disk does that gets full; `None`
    /// is a disk with space. SQLite only.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fill_disk(&self, pages_left: Option<i64>) -> Result<(), crate::StoreError> {
        /// What SQLite takes for no limit.
        const PAGES_MAX: i64 = 4_294_967_294;
        let mut held = self.writer().await?;
        if let crate::connection::Connection::Sqlite(connection) = held.connection() {
            let count = sqlx::query("select page_count from pragma_page_count");
            let pages: i64 = count.fetch_one(&mut *connection).await?.get(0);
            let limit = pages_left.map_or(PAGES_MAX, |left| pages + left);
            let sql = sqlx::AssertSqlSafe(format!("pragma max_page_count = {limit}"));
            sqlx::raw_sql(sql).execute(&mut *connection).await?;
        }
        held.commit().await
    }
}

/// The newest of what is installed.
fn find_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
        .map(|(version, path)| (version, path.join("bin")))
        .collect();
    versions.sort();
    let mut folders: Vec<PathBuf> = versions.into_iter().rev().map(|(_, path)| path).collect();
    folders.push(PathBuf::from("/usr/local/bin"));
    folders.push(PathBuf::from("/usr/bin"));
    folders.into_iter().find(|folder| {
        ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file())
    })
}

fn server_account() -> io::Result<(u32, u32)> {
    let accounts = std::fs::read_to_string("/etc/passwd")?;
    let fields = accounts
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields.first() == Some(&SERVER_ACCOUNT));
    let ids = fields
        .and_then(|fields| Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?)));
    ids.ok_or_else(|| io::Error::other("no account postgres to run the server as"))
}
