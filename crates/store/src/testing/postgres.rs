//! A PostgreSQL cluster for one test process, in a folder of its own.
//!
//! A watching shell stops it when this process ends, however it ends: it waits for its standard
//! input to close, which the system does even after a panic or a kill.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{Connection as _, PgConnection};

/// Debian keeps these off the PATH.
const BIN: &str = "/usr/lib/postgresql/15/bin";

struct Cluster {
    /// Holds the socket. No TCP port: two processes could be handed the same free one.
    folder: PathBuf,
    data: PathBuf,
    /// Its standard input stays open as long as this process lives.
    _watch: Child,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database. The first call starts the cluster.
///
/// # Panics
/// Without PostgreSQL: a suite that skips one database would prove nothing about it.
pub async fn fresh_postgres_url() -> String {
    let cluster = tokio::task::spawn_blocking(|| CLUSTER.get_or_init(start))
        .await
        .expect("PostgreSQL 15 starts (apt-get install postgresql-15)");
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let folder = cluster.folder.display();
    let url = |database: &str| format!("postgres://postgres@localhost/{database}?host={folder}");
    let mut admin = connect(&url("postgres")).await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut admin)
        .await
        .expect("a new database");
    url(&name)
}

/// Where the cluster keeps its files, for raw scans.
///
/// # Panics
/// Before the first database was made.
#[must_use]
pub fn postgres_data_folder() -> PathBuf {
    CLUSTER
        .get()
        .expect("the cluster has been started")
        .data
        .clone()
}

async fn connect(url: &str) -> PgConnection {
    let mut last = None;
    for _ in 0..1200 {
        match PgConnection::connect(url).await {
            Ok(connection) => return connection,
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("PostgreSQL did not answer: {last:?}");
}

fn start() -> Cluster {
    assert!(
        Path::new(BIN).join("postgres").exists(),
        "these tests need PostgreSQL 15 in {BIN}: apt-get install postgresql-15"
    );
    let folder = std::env::temp_dir().join(format!("huiyin-postgres-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the cluster");
    let watch = Command::new("sh")
        .args(["-c", WATCH, "huiyin-postgres"])
        .args([&folder, &PathBuf::from(BIN)])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell to watch over PostgreSQL");
    Cluster {
        data: folder.join("data"),
        folder,
        _watch: watch,
    }
}

/// `$1` folder, `$2` programs. PostgreSQL refuses to run as root, so root steps down.
/// Durability is real (fsync stays on): the budgets count it.
const WATCH: &str = r#"
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}
[ "$(id -u)" = 0 ] && chown postgres "$1"
cd "$1" || exit 1
as_postgres "$2/initdb" -D "$1/data" -U postgres -A trust -E UTF8 --locale=C -N || exit 1
as_postgres "$2/pg_ctl" -D "$1/data" -w -l "$1/log" \
  -o "-k $1 -c listen_addresses='' -c max_connections=300" start < /dev/null
cat > /dev/null
as_postgres "$2/pg_ctl" -D "$1/data" -m immediate stop
cd / && rm -rf "$1"
"#;
