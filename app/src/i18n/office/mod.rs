//! What an official reads. One file per screen.
//!
//! Named only by office routes and the components only they use, so that none of it reaches a
//! villager's phone.

mod accounts;
mod case;
mod frame;
mod intake;
mod not_done;
mod notice_editor;
mod public_matter_editor;
mod register_gap;
mod sign_in;
mod tablet;
mod to_tell;
mod visit;
mod worklist;

pub use accounts::{AccountsTexts, level_name, standing, unit_kind};
pub use case::{
    CaseActionTexts, CaseErrors, CaseTexts, CountTexts, ReplyTexts, SeenTexts, act_name,
    category_name, channel_name, clock_name, disposition_name, kind_name, outcome_name, period,
    reader_name, reply_name, reply_status,
};
pub use frame::{FrameTexts, RoleTexts, role_name};
pub use intake::IntakeTexts;
pub use not_done::{not_done, problem, refusal};
pub use notice_editor::{NoticeEditorErrors, NoticeEditorTexts, leader_number, version_number};
pub use public_matter_editor::{PublicMatterEditorTexts, matter_act, matter_seen};
pub use register_gap::{RegisterGapTexts, SheetTexts};
pub use sign_in::SignInTexts;
pub use tablet::{TabletTexts, held_since, opens_until, tablet_holds};
pub use to_tell::{ToTellTexts, tell_state, tries_made, try_result, words_to_say};
pub use visit::{
    VisitTexts, no_session, outcome_in_words, registration_status, request_number, ticket_words,
};
pub use worklist::{WorklistTexts, days_left, procedure, shown_of};
