//! Commands wait on phones as JSON: each is read back as it was written.

use std::collections::BTreeSet;

use domain::given::{Dice, SeededDice};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    county::Command,
    random::{Step, plan, step},
    visits::published,
};

fn same<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(command: &T) -> String {
    let json = serde_json::to_string(command).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *command);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    format!(
        "{} {} {}",
        value["about"], value["command"], value["act"]["act"]
    )
}

#[test]
fn every_command_is_read_back_as_it_was_written() {
    let mut kinds = BTreeSet::new();
    for seed in 0..20 {
        let (mut county, _) = published(seed);
        let mut dice = SeededDice::new(seed);
        for _ in 0..400 {
            let roll = dice.roll().to_be_bytes();
            let roll = (
                roll[0],
                roll[1],
                u16::from_be_bytes([roll[2], roll[3]]),
                roll[4],
            );
            if let Step::Ask(_, command) = plan(&county, roll) {
                kinds.insert(match &*command {
                    Command::Citizen(command) => same(command),
                    Command::Agent(command) => format!("agent {}", same(command)),
                    Command::Desk(command) => same(command),
                    Command::Office(command) => same(command),
                    Command::Timed(command) => same(command),
                });
            }
            step(&mut county, roll);
        }
    }
    assert!(kinds.len() >= 38, "{}: {kinds:?}", kinds.len());
}
