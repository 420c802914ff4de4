//! One connection: opened with pinned settings, read through statements. Writing goes through `tx`.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

use crate::base::error::{Error, Result};
use crate::engine::dialect::Dialect;
use crate::engine::guard;
use crate::engine::statement::Statement;
use crate::engine::table::{Columns, FromRow};
use crate::engine::ticket::Watch;
use crate::engine::value::{DAMAGED, Value, damaged};
use crate::platform::SharedFile;

/// Older versions carry a bug that can corrupt a file in WAL mode.
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long a statement waits for another process's write before it gives up.
const BUSY_WAIT: Duration = Duration::from_secs(10);

/// After how many steps of its machine the database looks whether it is still wanted: some microseconds of work.
const LOOK_EVERY: i32 = 1_000;

/// A setting, as it is set and as it must read back.
const PINNED: &[(&str, &str, &str)] = &[
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("secure_delete", "FAST", "2"),
    ("mmap_size", "0", "0"),
    ("temp_store", "MEMORY", "2"),
    ("recursive_triggers", "ON", "1"),
    ("cache_size", "-32768", "-32768"),
    ("wal_autocheckpoint", "1000", "1000"),
];

/// A connection to a company file.
pub struct Db {
    pub(crate) connection: Connection,
    /// Let go after the connection: see `guard::hold`.
    held: Option<SharedFile>,
    /// Whether this connection, or one beside it, met damage.
    damaged: Arc<AtomicBool>,
}

impl Db {
    /// Opens a file that is there to write. Fails where a setting does not hold. A log that a crash left beside the file
    /// stays there whatever happens, until the file is trusted.
    pub(crate) fn open(path: &Path) -> Result<Db> {
        let db = Db::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        db.harden()?;
        let log = std::fs::metadata(guard::beside(path, "-wal"));
        db.keep_log(log.is_ok_and(|log| log.len() > 0))?;
        db.pin(PINNED)?;
        Ok(db)
    }

    /// From here on closing the file moves the log into it.
    pub(crate) fn trust(&self) -> Result<()> {
        self.keep_log(false)
    }

    fn keep_log(&self, on: bool) -> Result<()> {
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on).map(drop).map_err(driver)
    }

    /// Opens a file only to look at it. It leaves not one byte changed and nothing beside the file that was not there, as
    /// a reader in its own right would; a file that may not be written is read as one that nobody else writes.
    pub fn open_to_look(path: &Path) -> Result<Db> {
        let opened = guard::require_writable(path).and_then(|()| Db::open(path));
        let log = std::fs::metadata(guard::beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
        match opened {
            Ok(db) => db.pin(&[("query_only", "ON", "1")]).map(|()| db),
            Err(_) if log => Db::open_reader(path),
            Err(_) => Db::open_unchanging(path),
        }
    }

    /// Opens a file that nobody writes, without a lock and without a file beside it.
    fn open_unchanging(path: &Path) -> Result<Db> {
        let full = std::path::absolute(path).map_err(|error| crate::platform::io_error(path, &error))?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        let mut name = String::from("file:///");
        for byte in full.as_os_str().as_encoded_bytes() {
            match char::from(*byte) {
                letter if plain(*byte) => name.push(letter),
                std::path::MAIN_SEPARATOR => name.push('/'),
                _ => name.push_str(&format!("%{byte:02X}")),
            }
        }
        let held = Some(guard::hold(path)?);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(name + "?immutable=1", flags).map_err(driver)?;
        let db = Db { connection, held, damaged: Arc::default() };
        db.harden()?;
        db.pin(&[("trusted_schema", "OFF", "0"), ("cell_size_check", "ON", "1"), ("query_only", "ON", "1")])?;
        Ok(db)
    }

    /// Opens a second connection that only reads; each knows of the damage that the other meets.
    pub(crate) fn open_beside(path: &Path, damaged: &Arc<AtomicBool>) -> Result<Db> {
        Ok(Db { damaged: damaged.clone(), ..Db::open_reader(path)? })
    }

    /// Whether this connection, or one beside it, met damage: then nothing more is written.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::SeqCst)
    }

    /// What the connections beside this one are opened with.
    pub(crate) fn damage(&self) -> &Arc<AtomicBool> {
        &self.damaged
    }

    /// Remembers damage that a statement met.
    fn noting<T>(&self, result: Result<T>) -> Result<T> {
        if result.as_ref().is_err_and(|error| error.key() == DAMAGED) {
            self.damaged.store(true, Ordering::SeqCst);
        }
        result
    }

    /// Opens a file only to read. Fails where a setting does not hold.
    pub fn open_reader(path: &Path) -> Result<Db> {
        let db = Db::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        db.harden()?;
        let reading: Vec<_> = PINNED
            .iter()
            .copied()
            .filter(|(name, ..)| !["journal_mode", "wal_autocheckpoint"].contains(name))
            .collect();
        db.pin(&reading)?;
        db.pin(&[("query_only", "ON", "1")])?;
        Ok(db)
    }

    /// Opens a file that nobody else uses, without a log beside it: a copy on its way to or from a backup.
    pub(crate) fn open_single(path: &Path) -> Result<Db> {
        let db = Db::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        db.harden()?;
        db.pin(&[("journal_mode", "DELETE", "delete")])?;
        let others: Vec<_> = PINNED.iter().copied().filter(|(name, ..)| *name != "journal_mode").collect();
        db.pin(&others)?;
        Ok(db)
    }

    /// Writes a consistent copy into an empty file while others go on writing, and tells how many of its pages stand
    /// there. Rejected once it is called off; fails where the disk does.
    pub(crate) fn vacuum_into(&mut self, target: &Path, watch: &Watch) -> Result<()> {
        let name =
            target.to_str().ok_or_else(|| Error::rejected("error.file.bad_name").arg("path", target.display()))?;
        // A reader's own file stays read-only; this switch would keep it from writing the copy, too.
        self.execute_all("PRAGMA query_only = OFF")?;
        let number = |setting: &str| -> Result<u64> { Ok(self.setting(setting)?.parse().unwrap_or_default()) };
        let (pages, page_size) = (number("page_count")?, number("page_size")?.max(1));
        let (told, copy) = (watch.clone(), target.to_owned());
        let look = move || {
            let written = std::fs::metadata(&copy).map_or(0, |copy| copy.len() / page_size);
            told.tell(written.min(pages), pages);
            told.is_cancelled()
        };
        self.connection.progress_handler(LOOK_EVERY, Some(look)).map_err(driver)?;
        let copied = self.execute_sql("VACUUM INTO ?1", &[Value::Text(name.to_owned())]);
        self.watch(None)?;
        watch.tell(pages, pages);
        copied.map(drop)
    }

    /// A database in memory, for tests and for comparing schemas.
    pub fn memory() -> Result<Db> {
        let connection = Connection::open_in_memory().map_err(driver)?;
        let db = Db { connection, held: None, damaged: Arc::default() };
        db.harden()?;
        let without_files: Vec<_> =
            PINNED.iter().copied().filter(|(name, ..)| !["journal_mode", "mmap_size"].contains(name)).collect();
        db.pin(&without_files)?;
        Ok(db)
    }

    fn connect(path: &Path, access: OpenFlags) -> Result<Db> {
        let held = Some(guard::hold(path)?);
        let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(driver)?;
        Ok(Db { connection, held, damaged: Arc::default() })
    }

    /// Closes the connection; the last one moves the log into the file. Fails where the disk does.
    pub(crate) fn close(self) -> Result<()> {
        let Db { connection, held, .. } = self;
        let closed = connection.close().map_err(|(_, error)| driver(error));
        drop(held);
        closed
    }

    /// Which SQL this connection speaks.
    pub fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    /// Every row a statement gives. Fails with the reason the driver gives.
    pub fn rows<T: FromRow>(&self, statement: &Statement, parameters: &[Value]) -> Result<Vec<T>> {
        self.rows_of(statement.sql, parameters)
    }

    /// The first row a statement gives, if any.
    pub fn row<T: FromRow>(&self, statement: &Statement, parameters: &[Value]) -> Result<Option<T>> {
        Ok(self.rows(statement, parameters)?.into_iter().next())
    }

    /// Rows of a text that the engine composed of constants.
    pub(crate) fn rows_of<T: FromRow>(&self, sql: &str, parameters: &[Value]) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.each(sql, parameters, |row| {
            found.push(row);
            Ok(())
        })?;
        Ok(found)
    }

    /// Gives each row to `take` as it is read, so that a large result is never held whole.
    pub(crate) fn each<T: FromRow>(
        &self,
        sql: &str,
        parameters: &[Value],
        mut take: impl FnMut(T) -> Result<()>,
    ) -> Result<()> {
        self.each_row(sql, parameters, |row, width| {
            let values = (0..width)
                .map(|column| Value::from_driver(row.get_ref(column).map_err(driver)?))
                .collect::<Result<Vec<_>>>()?;
            take(T::from_row(&mut Columns::new(values))?)
        })
    }

    /// Gives the whole number that stands first in each row to `take`, with nothing made of the row.
    pub(crate) fn each_integer(
        &self,
        sql: &str,
        parameters: &[Value],
        mut take: impl FnMut(i64) -> Result<()>,
    ) -> Result<()> {
        self.each_row(sql, parameters, |row, _| {
            let number = row.get_ref(0).map_err(driver)?.as_i64();
            take(number.map_err(damaged)?)
        })
    }

    /// Gives each row as the driver has it, with the number of its columns.
    pub(crate) fn each_row(
        &self,
        sql: &str,
        parameters: &[Value],
        mut take: impl FnMut(&Row<'_>, usize) -> Result<()>,
    ) -> Result<()> {
        let mut read = || {
            let mut prepared = self.connection.prepare_cached(sql).map_err(driver)?;
            let width = prepared.column_count();
            let mut rows = prepared.query(rusqlite::params_from_iter(parameters)).map_err(driver)?;
            while let Some(row) = rows.next().map_err(driver)? {
                take(row, width)?;
            }
            Ok(())
        };
        self.noting(read())
    }

    /// Runs a text that gives no rows; answers how many rows it touched.
    pub(crate) fn execute_sql(&self, sql: &str, parameters: &[Value]) -> Result<usize> {
        let prepared = self.connection.prepare_cached(sql);
        let executed = prepared.and_then(|mut prepared| prepared.execute(rusqlite::params_from_iter(parameters)));
        self.noting(executed.map_err(driver))
    }

    /// Runs several statements without parameters.
    pub(crate) fn execute_all(&self, sql: &str) -> Result<()> {
        self.noting(self.connection.execute_batch(sql).map_err(driver))
    }

    /// Lets a job be called off while the database works for it; with none, nothing can be.
    pub(crate) fn watch(&mut self, watch: Option<&Watch>) -> Result<()> {
        let called_off = watch.cloned().map(|watch| move || watch.is_cancelled());
        self.connection.progress_handler(LOOK_EVERY, called_off).map_err(driver)
    }

    /// Reads in one snapshot: what others commit meanwhile is not seen.
    pub(crate) fn in_snapshot<T>(&self, read: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        self.execute_all("BEGIN")?;
        let result = read(self);
        let ended = self.leave();
        result.and_then(|value| ended.map(|()| value))
    }

    /// Leaves whatever transaction is open, with nothing of it kept.
    pub(crate) fn leave(&self) -> Result<()> {
        if self.connection.is_autocommit() { Ok(()) } else { self.execute_all("ROLLBACK") }
    }

    /// A setting's value as text.
    pub(crate) fn setting(&self, name: &str) -> Result<String> {
        self.connection
            .query_row(&format!("PRAGMA {name}"), [], |row| {
                Ok(match row.get_ref(0)? {
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    other => other.as_str().unwrap_or_default().to_owned(),
                })
            })
            .map_err(driver)
    }

    fn harden(&self) -> Result<()> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(Error::failure("error.sqlite_too_old", rusqlite::version()));
        }
        self.connection.set_prepared_statement_cache_capacity(256);
        self.connection.busy_timeout(BUSY_WAIT).map_err(driver)?;
        for (option, on) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        ] {
            if self.connection.set_db_config(option, on).map_err(driver)? != on {
                return Err(Error::failure("error.setting_refused", format!("{option:?}")));
            }
        }
        Ok(())
    }

    fn pin(&self, settings: &[(&str, &str, &str)]) -> Result<()> {
        for (name, value, reads) in settings {
            self.connection.execute_batch(&format!("PRAGMA {name} = {value}")).map_err(driver)?;
            let found = self.setting(name)?;
            if found != *reads {
                return Err(Error::failure("error.setting_refused", format!("{name} reads {found}, not {reads}")));
            }
        }
        Ok(())
    }
}

/// Sorts a driver's error into what a person can do about it.
pub(crate) fn driver(error: rusqlite::Error) -> Error {
    let details = error.to_string();
    let Some(code) = error.sqlite_error_code() else {
        return damaged(details);
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::failure("error.file_busy", details),
        ErrorCode::DiskFull => Error::failure("error.disk_full", details),
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Error::failure("error.disk_failed", details),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Error::failure("error.file_read_only", details),
        ErrorCode::OperationInterrupted => Error::rejected("error.cancelled"),
        ErrorCode::ConstraintViolation => constraint(&error, details),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => damaged(details),
        _ => Error::failure("error.statement_failed", details),
    }
}

fn constraint(error: &rusqlite::Error, details: String) -> Error {
    use rusqlite::ffi;
    match error.sqlite_error().map(|inner| inner.extended_code) {
        Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
            let field = details.rsplit('.').next().unwrap_or_default().to_owned();
            Error::rejected("error.duplicate").arg("field", &field).at(field)
        }
        Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Error::rejected("error.still_used"),
        _ => Error::failure("error.rule_broken", details),
    }
}
