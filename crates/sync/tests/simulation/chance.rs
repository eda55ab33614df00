use domain::{given::Dice, ids::CommandId};
use uuid::Uuid;

/// Everything that happens by chance in one run comes from its seed.
pub struct Chance(fastrand::Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// True in so many of a hundred.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.0.u32(0..100) < percent
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0.usize(0..limit)
    }

    /// As devices make them: a provisional number tells by the version which.
    pub fn command(&mut self) -> CommandId {
        let id = self.uuid().as_u128();
        CommandId(Uuid::from_u128(id & !(0xf << 76) | 7 << 76))
    }

    pub fn uuid(&mut self) -> Uuid {
        Uuid::from_u128(self.0.u128(..))
    }
}

impl Dice for Chance {
    fn roll(&mut self) -> u64 {
        self.0.u64(..)
    }
}
