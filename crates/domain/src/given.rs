//! What a decision is given from outside: the time, the law in force, and randomness.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    calendar::{LegalCalendar, china_date},
    clock::RuleSet,
};

/// A source of random numbers. The server's is the operating system's, a test's is seeded.
pub trait Dice {
    /// 64 fresh random bits.
    fn roll(&mut self) -> u64;
}

impl dyn Dice + '_ {
    /// A number from 0 to `limit - 1`. Numbers past the last whole multiple are rolled again,
    /// so that none is likelier than another.
    pub fn below(&mut self, limit: u64) -> u64 {
        let whole = u64::MAX - u64::MAX % limit;
        loop {
            let roll = self.roll();
            if roll < whole {
                return roll % limit;
            }
        }
    }

    /// A fresh random (version 4) id.
    pub fn uuid(&mut self) -> uuid::Uuid {
        let (high, low) = (self.roll(), self.roll());
        uuid::Builder::from_random_bytes(((u128::from(high) << 64) | u128::from(low)).to_be_bytes())
            .into_uuid()
    }
}

/// SplitMix64: the same seed gives the same numbers. For tests and demonstration data only.
#[derive(Clone, Debug)]
pub struct SeededDice(u64);

impl SeededDice {
    /// Dice that always roll the same sequence for `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Dice for SeededDice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// Everything `decide` needs besides the state and the command.
pub struct Given<'a> {
    /// When the command is decided: on the server, when it was received.
    pub now: DateTime<Utc>,
    /// When it was made, by the device's clock. No period is counted from it.
    pub captured_at: DateTime<Utc>,
    /// The holidays and make-up working days in force.
    pub calendar: &'a LegalCalendar,
    /// The lengths of the legal periods in force.
    pub rules: &'a RuleSet,
    /// Randomness for codes, numbers and ids.
    pub dice: &'a mut dyn Dice,
}

impl Given<'_> {
    /// Today in China.
    pub fn today(&self) -> NaiveDate {
        china_date(self.now)
    }
}
