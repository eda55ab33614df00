//! People who share a phone, and people who carry letters for others.

use domain::ids::CommandId;
use sync::{
    carry::{self, Collected, Part},
    letter::Letter,
};

use crate::{closed, run::Run, server::Content};

const MOST_SPACES: usize = 3;

impl Run {
    /// Somebody takes the phone, or gives it back.
    pub fn take_a_turn(&mut self, phone: usize) -> Result<(), String> {
        if self.phones[phone].tabs.is_empty() {
            return Ok(());
        }
        let now = self.now;
        let spaces = &self.phones[phone].device.spaces;
        let any = match spaces.len() {
            0 => None,
            count => Some(spaces[self.people.below(count)]),
        };
        let room = spaces.len() < MOST_SPACES;
        let tab = self.people.below(self.phones[phone].tabs.len());
        let happens = self.people.below(100);
        if happens < 28 {
            self.phones[phone].look_here(tab, now);
        }
        match (happens, any) {
            (0..4, _) if room => {
                self.spaces += 1;
                let space = self.spaces;
                self.phones[phone].make_space(tab, space, now);
                self.photos.move_into(phone, space);
            }
            (4..14, Some(space)) => self.phones[phone].open_space(tab, space, now),
            (14..22, Some(_)) => self.phones[phone].lock(tab, now),
            (22..24, Some(space)) => {
                self.photos.throw_away(phone, &self.phones[phone], space);
                self.phones[phone].throw_away(tab, space, now);
            }
            (24..28, _) => return self.give_away(phone, tab),
            _ => return Ok(()),
        }
        // The tabs tell each other, unless one sleeps.
        let phone = &mut self.phones[phone];
        for tab in 0..phone.tabs.len() {
            if happens < 24 && self.people.percent(50) {
                phone.read(tab, now);
            }
        }
        Ok(())
    }

    /// Something that waits is given to another phone, or by mistake to this one.
    fn give_away(&mut self, phone: usize, tab: usize) -> Result<(), String> {
        let to = self.people.below(self.phones.len());
        let shown = self.phones[phone].tabs[tab].shown();
        let waiting: Vec<CommandId> = shown
            .filter(|item| item.standing.is_waiting())
            .map(|item| item.id)
            .collect();
        if waiting.is_empty() {
            return Ok(());
        }
        let id = waiting[self.people.below(waiting.len())];
        let poison = matches!(self.phones[phone].meant.get(&id), Some(Content::Poison(_)));
        if poison && self.phones[to].has_poison() {
            return Ok(());
        }
        let Some(letter) = self.phones[phone].hand_over(tab, id, self.now) else {
            return Ok(());
        };
        if let Some(letter) = self.travels(&letter)? {
            self.phones[to].device.carry(letter);
            self.photos.hand_over(phone, to, id);
        }
        Ok(())
    }

    /// As a file or as codes in any order. What was changed on the way is not taken.
    fn travels(&mut self, letter: &Letter) -> Result<Option<Letter>, String> {
        let county = closed::county();
        let how = self.people.below(100);
        if how < 60 {
            // By hand, as it were.
            return Ok(Some(letter.clone()));
        }
        if how < 75 {
            let file = carry::file(std::slice::from_ref(letter), &[]);
            let brought = carry::of_file(&file, &county);
            let brought = brought.map_err(|problem| format!("truth 2: a file: {problem:?}"))?;
            return Ok(brought.letters.into_iter().next());
        }
        let parts = carry::parts(letter).ok_or("truth 2: a letter has no codes")?;
        let mut codes: Vec<String> = parts.iter().map(Part::to_string).collect();
        let again = self.people.below(codes.len());
        codes.push(codes[again].clone());
        let last = self.people.below(codes.len());
        codes.rotate_left(last);
        let changed = self.people.percent(20);
        if changed {
            // Both are digits of base 32.
            let end = if codes[0].ends_with('7') { '8' } else { '7' };
            codes[0].pop();
            codes[0].push(end);
            let first = codes[0].clone();
            codes.retain(|code| *code == first || !same_part(code, &first));
        }
        let parts: Result<Vec<Part>, _> = codes.iter().map(|code| code.parse()).collect();
        match parts.and_then(|parts| carry::collected(&parts, &county)) {
            Ok(Collected::Whole(came)) if !changed && came == *letter => Ok(Some(came)),
            Err(_) if changed => Ok(None),
            other => Err(format!(
                "truth 3: changed: {changed}, and came as {other:?}"
            )),
        }
    }

    /// After the faults everybody opens their space once, and at last everybody locks.
    pub fn rounds(&self) -> usize {
        let spaces = self.phones.iter().map(|phone| phone.device.spaces.len());
        match spaces.max() {
            None | Some(0) => 0,
            Some(most) => most + 1,
        }
    }

    pub fn take_turns(&mut self, round: usize) {
        for phone in &mut self.phones {
            phone.lock(0, self.now);
            for tab in 0..phone.tabs.len() {
                phone.look_here(tab, self.now);
            }
            if let Some(space) = phone.device.spaces.get(round) {
                phone.open_space(0, *space, self.now);
            }
        }
    }
}

fn same_part(code: &str, other: &str) -> bool {
    let numbers = |code: &str| code.rsplit_once('.').map(|(head, _)| head.to_owned());
    numbers(code) == numbers(other)
}
