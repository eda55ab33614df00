//! What the office's own desk needs: to take a matter in, and to hand its slip over.

use chrono::NaiveDate;
use domain::{
    case::CaseNumber,
    code::{AccessCode, SealedCode},
    ids::CaseId,
    text::PersonName,
};
use serde::{Deserialize, Serialize};

use super::{Division, Unit, WorkRow};

/// What intake chooses from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntakeDesk {
    /// Townships and villages.
    pub places: Vec<Division>,
    /// Units the petitioner may keep it from.
    pub units: Vec<Unit>,
    /// Today, in China.
    pub today: NaiveDate,
}

/// The slip of a matter just taken in, or of a code just replaced. For a few minutes, and for the
/// official who did it: afterwards nobody in the office can read the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewSlip {
    /// Which case.
    pub case: CaseId,
    /// Its number.
    pub number: CaseNumber,
    /// Whose matter it is.
    pub name: PersonName,
    /// The code, for writing down.
    pub code: AccessCode,
    /// The secret of the private QR.
    pub private_secret: SealedCode,
    /// The dark modules of the private QR as an SVG path.
    pub qr_path: String,
    /// Modules along one side, with the quiet zone.
    pub qr_size: u32,
    /// Other matters under the same name that this official may see.
    pub same_person: Vec<WorkRow>,
}
