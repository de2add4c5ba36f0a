//! What the records of each kind amount to, by the rows that show them. All of them are many: so they are summed a little at a
//! time while others write, and what changed meanwhile is put right in the act for which the sums are to hold.

use std::collections::BTreeMap;

use crypto::sha256;
use domain::backup::KindSum;
use domain::{Digest, Value, cbor};
use rusqlite::{OptionalExtension, Row};

use super::value_of;
use crate::StoreError;
use crate::act::Act;

/// Sums under way.
#[derive(Clone, Debug, Default)]
pub struct Summing {
    kinds: BTreeMap<String, (u64, Digest)>,
    /// The last record that was summed.
    through: Vec<u8>,
}

/// What shows a record.
const COLUMNS: &str = "kind, id, patient, at, voided, conflicts, state";
/// What of it is noted when it changes for the first time since the sums began: as it was, and whether it was summed so.
const NOTES: &str = "
    create temp table summed (through blob not null);
    insert into temp.summed values (x'');
    create temp table changed (
        id blob primary key, counted integer not null, kind, patient, at, voided, conflicts, state
    );
    create temp trigger summing_insert after insert on main.record begin
        insert or ignore into changed (id, counted) values (new.id, 0);
    end;
    create temp trigger summing_delete after delete on main.record begin
        insert or ignore into changed (id, counted, kind, patient, at, voided, conflicts, state)
        select old.id, old.id <= through, old.kind, old.patient, old.at, old.voided, old.conflicts, old.state
        from summed;
    end;
    create temp trigger summing_update after update on main.record begin
        insert or ignore into changed (id, counted, kind, patient, at, voided, conflicts, state)
        select old.id, old.id <= through, old.kind, old.patient, old.at, old.voided, old.conflicts, old.state
        from summed;
    end;";
const NOTED: &str = "
    drop trigger if exists temp.summing_insert;
    drop trigger if exists temp.summing_delete;
    drop trigger if exists temp.summing_update;
    drop table if exists temp.summed;
    drop table if exists temp.changed;";

impl Act<'_> {
    /// What the records of each kind amount to.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn kind_sums(&self) -> Result<Vec<KindSum>, StoreError> {
        let mut summing = Summing::default();
        let mut statement = self.transaction.prepare(&format!("select {COLUMNS} from record"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            summing.add(row)?;
        }
        Ok(summing.told())
    }

    /// Begins to sum: from here on what changes is noted. What was begun before counts no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn begin_sums(&self) -> Result<Summing, StoreError> {
        self.forget_sums()?;
        self.transaction.execute_batch(NOTES)?;
        Ok(Summing::default())
    }

    /// Sums the next `most` records; returns whether there are more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn sum_some(&self, summing: &mut Summing, most: u32) -> Result<bool, StoreError> {
        let sql = format!(
            "select {COLUMNS}, id in (select id from temp.changed) from record where id > ?1 order by id limit ?2"
        );
        let mut statement = self.transaction.prepare(&sql)?;
        let mut rows = statement.query((&summing.through, most))?;
        let mut met = 0;
        while let Some(row) = rows.next()? {
            met += 1;
            summing.through = row.get(1)?;
            // What changed already is summed at the end, as it is then.
            if !row.get::<_, bool>(7)? {
                summing.add(row)?;
            }
        }
        self.transaction.execute("update temp.summed set through = ?1", [&summing.through])?;
        Ok(met == most)
    }

    /// What the records of each kind amount to now: the sums, put right by what changed since they began. It ends them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn end_sums(&self, mut summing: Summing) -> Result<Vec<KindSum>, StoreError> {
        while self.sum_some(&mut summing, u32::MAX)? {}
        {
            let was = "select kind, id, patient, at, voided, conflicts, state, counted from temp.changed";
            let mut statement = self.transaction.prepare(was)?;
            let mut rows = statement.query([])?;
            let is = format!("select {COLUMNS} from record where id = ?1");
            let mut is = self.transaction.prepare(&is)?;
            while let Some(row) = rows.next()? {
                if row.get(7)? {
                    summing.remove(row)?;
                }
                let id: Vec<u8> = row.get(1)?;
                is.query_row([id], |row| Ok(summing.add(row))).optional()?.transpose()?;
            }
        }
        self.forget_sums()?;
        Ok(summing.told())
    }

    /// Notes no more what changes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_sums(&self) -> Result<(), StoreError> {
        Ok(self.transaction.execute_batch(NOTED)?)
    }
}

impl Summing {
    fn add(&mut self, row: &Row) -> Result<(), StoreError> {
        let digest = digest(row)?;
        let (count, sum) = self.kinds.entry(row.get(0)?).or_default();
        *count += 1;
        *sum = plus(sum, &digest);
        Ok(())
    }

    fn remove(&mut self, row: &Row) -> Result<(), StoreError> {
        let digest = digest(row)?;
        let (count, sum) = self.kinds.entry(row.get(0)?).or_default();
        *count = count.saturating_sub(1);
        *sum = plus(sum, &minus(&digest));
        Ok(())
    }

    fn told(self) -> Vec<KindSum> {
        let kinds = self.kinds.into_iter().filter(|(_, (count, _))| *count > 0);
        kinds.map(|(kind, (count, sum))| KindSum { kind, count, sum }).collect()
    }
}

/// The digest of a row as it shows a record.
fn digest(row: &Row) -> Result<Digest, StoreError> {
    let read = |column| -> Result<Value, StoreError> { Ok(value_of(row.get_ref::<usize>(column)?)) };
    let columns = (0..7).map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(sha256(&[&cbor::encode(&Value::List(columns))]))
}

/// The sum of two whole numbers of 256 bits, highest byte first, without what goes beyond.
fn plus(one: &Digest, other: &Digest) -> Digest {
    let mut sum = [0; 32];
    let mut carry = 0;
    for ((one, other), sum) in one.iter().zip(other).zip(&mut sum).rev() {
        let all = u16::from(*one) + u16::from(*other) + carry;
        *sum = all.to_be_bytes()[1];
        carry = all >> 8;
    }
    sum
}

/// What makes nothing together with `one`.
fn minus(one: &Digest) -> Digest {
    let mut least = [0; 32];
    least[31] = 1;
    plus(&one.map(|byte| !byte), &least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_carries_over_and_does_not_know_an_order() {
        let (mut one, mut other) = ([0; 32], [0; 32]);
        (one[31], one[30], other[31]) = (0xff, 0xff, 1);
        let mut sum = [0; 32];
        sum[29] = 1;
        assert_eq!(plus(&one, &other), sum);
        assert_eq!(plus(&other, &one), sum);
        assert_eq!(plus(&[0xff; 32], &other), [0; 32]);
        for number in [one, other, sum, [0; 32], [0x5a; 32]] {
            assert_eq!(plus(&number, &minus(&number)), [0; 32]);
        }
    }
}
