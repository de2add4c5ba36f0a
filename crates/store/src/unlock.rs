//! Opening the encrypted store: key, checks and migrations.

use std::sync::Once;

use crypto::StoreKey;
use refinery::Migration;
use rusqlite::{Connection, OpenFlags};

use crate::beside::Beside;
use crate::current::Standing;
use crate::files::Files;
use crate::folder::Folder;
use crate::{Opened, Store, StoreError};

mod embedded {
    refinery::embed_migrations!("../../migrations/clinic");
}

impl Store {
    /// Opens the store of `folder`, or makes it. Where an older program has written it, its tables are made again,
    /// and `progress` hears how many records are done, and of how many.
    ///
    /// # Errors
    /// [`StoreError::NotOpened`] when the key does not fit or the file is damaged from the start,
    /// [`StoreError::Newer`] when a newer program has written it.
    pub fn open(
        folder: Folder,
        key: &StoreKey,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, StoreError> {
        start_sqlcipher();
        folder.guard_database()?;
        // Without room not even a reader gets its share of memory.
        folder.spend_reserve();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(folder.database(), flags)?;
        prepare(&connection, key)?;
        let runner = embedded::migrations::runner();
        let newest = runner.get_migrations().iter().map(Migration::version).max().unwrap_or_default();
        let standing = Standing::of(&connection, newest)?;
        standing.keep_before(&connection, &folder)?;
        let runner = runner.set_grouped(true).set_abort_divergent(true);
        runner.run(&mut connection).map_err(|error| StoreError::NotMigrated(error.to_string()))?;
        standing.make_again(&mut connection, progress)?;
        // A gate left open by a crash in a migration would let anything in.
        connection.execute_batch("delete from write_gate; delete from erase_gate; delete from apart_gate")?;
        let (beside, files) = (Beside::of(&folder, key), Files::of(&folder, key));
        let mut store = Self { connection, folder, beside, files, opened: Opened::default(), missing: 0 };
        match store.look() {
            Err(StoreError::Full) => return Err(StoreError::Full),
            // What is damaged is met where it is read, and named by the check; nothing of the marks is written over.
            Err(_) => store.beside.leave(),
            Ok(()) => store.sweep_files(),
        }
        Ok(store)
    }
}

/// Lets SQLCipher start in one thread while all others wait.
///
/// SQLite calls itself started before it starts SQLCipher (`SQLITE_EXTRA_INIT`), so that a second
/// thread may open a store in between and be refused a key that is right.
fn start_sqlcipher() {
    static STARTED: Once = Once::new();
    // What keeps the first connection from opening keeps the next from it too, and is told there.
    STARTED.call_once(|| drop(Connection::open_in_memory()));
}

fn prepare(connection: &Connection, key: &StoreKey) -> Result<(), StoreError> {
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.execute_batch(&format!("pragma key = \"x'{}'\";", *key.pragma()))?;
    connection.execute_batch("pragma cipher_page_size = 4096;")?;
    // A wrong key shows at the first read.
    connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(())).map_err(|error| {
        match StoreError::from(error) {
            StoreError::Full => StoreError::Full,
            _ => StoreError::NotOpened,
        }
    })?;
    connection.execute_batch(
        "pragma journal_mode = wal;
         pragma synchronous = full;
         pragma foreign_keys = on;
         pragma trusted_schema = off;
         pragma secure_delete = on;
         pragma temp_store = memory;
         pragma wal_autocheckpoint = 0;
         pragma cache_size = -57344;",
    )?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}
