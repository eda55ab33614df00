//! The component set. Each renders whole without scripts: plain links, and plain forms whose
//! fields carry names. The page `/{county}/design` shows every one in every state.
//!
//! A component gets its words from the screen; only the frame of the page, which is the same
//! everywhere, looks up its own.

mod bottom_bar;
mod button;
mod card;
mod checkbox_group;
mod choice;
mod citizen_sees;
mod code_display;
mod date_block;
mod details;
mod empty_state;
mod error_summary;
mod field;
mod heading;
mod inset;
mod live_region;
mod number_field;
mod office_page;
mod page;
mod page_footer;
mod page_header;
mod pagination;
mod progress_count;
mod qr_code;
mod radio_group;
mod seal;
mod select;
mod site;
mod skeleton;
mod slip_number;
mod status_mark;
mod summary_list;
mod symbol;
mod table;
mod tabs;
mod text_area;
mod text_field;
mod timeline;

pub use bottom_bar::Place;
pub use button::{Button, ButtonKind, LinkButton};
pub use card::Card;
pub use checkbox_group::{Checkbox, CheckboxGroup};
pub use choice::Choice;
pub use citizen_sees::CitizenSees;
pub use code_display::CodeDisplay;
pub use date_block::DateBlock;
pub use details::Details;
pub use empty_state::EmptyState;
pub use error_summary::{ErrorSummary, FieldError};
pub use field::Asked;
pub use heading::Heading;
pub use inset::{Emergency, Inset, InsetKind};
pub use live_region::LiveRegion;
pub use number_field::NumberField;
pub use office_page::{OfficePage, RailPlace};
pub use page::Page;
pub use pagination::Pagination;
pub use progress_count::ProgressCount;
pub use qr_code::QrCode;
pub use radio_group::{RadioGroup, RadioLayout};
pub use seal::{Seal, SealKind};
pub use select::Select;
pub use site::{Filing, Site, TextSize, use_site};
pub use skeleton::Skeleton;
pub use slip_number::SlipNumber;
pub use status_mark::{State, StatusMark};
pub use summary_list::{SummaryList, SummaryRow};
pub use symbol::{Symbol, SymbolView};
pub use table::{Column, Table};
pub use tabs::{Tab, Tabs};
pub use text_area::TextArea;
pub use text_field::{InputKind, TextField};
pub use timeline::{Moment, Timeline, TimelineItem};
