//! What a citizen reads. One file per screen.

mod access;
mod carry;
mod feedback;
mod follow;
mod help;
mod home;
mod matter;
mod media;
mod notice;
mod notices;
mod outbox;
mod public_matters;
mod receipt;
mod register;
mod settings;
mod spaces;
mod subject;
mod village;

pub use access::{AccessTexts, seen_until};
pub use carry::{
    CarryTexts, carried_wait, code_of, media_carried, media_given, numbered, still_missing,
};
pub use feedback::FeedbackTexts;
pub use follow::{FollowTexts, open_until};
pub use help::HelpTexts;
pub use home::HomeTexts;
pub use matter::{
    DayCountTexts, MatterTexts, StandingTexts, TimelineTexts, days_late, decided, review_until,
    who_by_when,
};
pub use media::{MediaTexts, no_sealed_copy, still_here, taken, with_it};
pub use notice::{NoticeTexts, closes_on, places_left, rooms_for};
pub use notices::{NoticesTexts, visit_figures};
pub use outbox::{OutboxTexts, damaged};
pub use public_matters::{PublicMatterTexts, PublicMattersTexts};
pub use receipt::{ReceiptTexts, come_at, room_and_number};
pub use register::{RefusalTexts, RegisterErrors, RegisterTexts, opens_on, too_long};
pub use settings::SettingsTexts;
pub use spaces::{
    SpacesTexts, letters_wait, locked_wait, media_go, media_locked, others_wait, space_of, wait_for,
};
pub use subject::{NeedTexts, SubjectTexts, need, subject};
pub use village::VillageTexts;
