//! Random commands about what the public sees: notices and public matters.

use domain::{
    actor::Actor,
    matter::{MatterPage, Published},
    office::{MatterCommand, OfficeCommand, VisitCommand},
};

use super::{Luck, pick};
use crate::{
    county::{Command, County},
    people::{ROADS, clerk, notice, text},
};

impl Luck {
    pub(super) fn notice(&self, what: u8, county: &County) -> (Actor, Command) {
        let visit = self.visit(county);
        let mut next = notice();
        next.rooms.truncate(1 + usize::from(self.how % 2));
        next.slot_minutes = 10 + u16::from(self.how % 3) * 5;
        let reason = Some(text("临时调整"));
        let (by, command) = match what {
            14 if self.how < 60 => (1, VisitCommand::Draft { notice: next }),
            14 | 15 => (
                1,
                VisitCommand::Revise {
                    visit,
                    notice: next,
                    change: reason,
                },
            ),
            16 => (
                1,
                VisitCommand::Submit {
                    visit,
                    short_lead: reason,
                },
            ),
            18 if self.how < 120 => {
                let registration = self.registration(county);
                let by = if self.how < 60 { 2 } else { 3 };
                (by, VisitCommand::ShowNames { registration })
            }
            17 | 18 => (2, VisitCommand::Approve { visit }),
            19 if self.how < 20 => (
                2,
                VisitCommand::Cancel {
                    visit,
                    reason: text("台风"),
                    offered: None,
                },
            ),
            19 => (
                2,
                VisitCommand::Return {
                    visit,
                    reason: text("再改"),
                },
            ),
            _ => (1, VisitCommand::Conclude { visit }),
        };
        (clerk(by), Command::Office(OfficeCommand::Visit(command)))
    }

    pub(super) fn public_matter(&self, what: u8, county: &County) -> (Actor, Command) {
        let matter = self.matter(county);
        let promises = county
            .matters
            .get(&matter)
            .into_iter()
            .flat_map(|m| &m.commitments);
        let promise = pick(promises.map(|promise| promise.id), self.which);
        let on = domain::calendar::china_date(county.now);
        let command = match (what, promise) {
            (32, _) => MatterCommand::Propose {
                page: Box::new(page("拓宽老公路")),
                case: None,
            },
            (33, _) if self.how < 200 => MatterCommand::Approve { matter },
            (33, _) => MatterCommand::ApproveCorrection { matter },
            (34, _) if self.how < 30 => MatterCommand::Correct {
                matter,
                page: Box::new(page("拓宽省道")),
                reason: text("路名写错"),
            },
            (34, Some(commitment)) if self.how < 100 => MatterCommand::TakeBack {
                matter,
                what: Published::Fulfilment { commitment },
                reason: text("还没有通车"),
            },
            (34, _) if self.how < 110 => MatterCommand::TakeBack {
                matter,
                what: Published::Page,
                reason: text("写进了个人情况"),
            },
            (35, Some(commitment)) => MatterCommand::Fulfil {
                matter,
                commitment,
                on,
            },
            (36, Some(commitment)) => MatterCommand::AddMilestone {
                matter,
                commitment,
                title: text("开工"),
                planned: on,
            },
            _ => MatterCommand::Commit {
                matter,
                promise: text("两年内拓宽"),
                unit: ROADS,
                unit_name: text("交通局"),
                planned: on,
                indicator: None,
            },
        };
        let by = if what == 33 { 2 } else { 1 };
        (clerk(by), Command::Office(OfficeCommand::Matter(command)))
    }
}

pub fn page(title: &str) -> MatterPage {
    MatterPage {
        title: text(title),
        aliases: Vec::new(),
        subject: domain::filing::Subject::Roads,
        places: Vec::new(),
        population: None,
        summary: text("六个小时的路"),
    }
}
