//! A place of the county: villages under their townships, in one plain list that needs no scripts.

use leptos::prelude::*;
use sync::view::{Division, DivisionLevel};

use crate::{
    components::*,
    i18n::{citizen::RegisterTexts, use_language},
};

/// Whether a whole township may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    VillagesOnly,
    TownshipsToo,
}

pub(super) fn place_choice(
    name: &'static str,
    label: &'static str,
    divisions: &[Division],
    chosen: &str,
    reach: Reach,
    error: Signal<Option<String>>,
) -> AnyView {
    let texts = RegisterTexts::of(use_language());
    let townships = divisions
        .iter()
        .filter(|division| division.level == DivisionLevel::Township);
    let groups = townships.map(|township| {
        let whole = (reach == Reach::TownshipsToo)
            .then(|| Choice::new(township.code.as_str(), township.name.clone()));
        let villages = divisions.iter().filter(|division| {
            division.level == DivisionLevel::Village
                && division.code.township().as_ref() == Some(&township.code)
        });
        let villages =
            villages.map(|village| Choice::new(village.code.as_str(), village.name.clone()));
        ChoiceGroup {
            label: township.name.clone(),
            choices: whole.into_iter().chain(villages).collect(),
        }
    });
    view! {
        <Select name label groups=groups.collect() choices=Vec::new() chosen=chosen.to_owned()
            empty=texts.choose_one error/>
    }
    .into_any()
}

/// The name of a place, for the page that is checked before sending.
pub(super) fn name_of(divisions: &[Division], code: &str) -> String {
    let mut divisions = divisions.iter();
    divisions
        .find(|division| division.code.as_str() == code)
        .map(|division| division.name.clone())
        .unwrap_or_default()
}
