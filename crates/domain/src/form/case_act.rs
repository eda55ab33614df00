use serde::{Deserialize, Serialize};

use super::{
    FieldProblem, FormErrors, ReplyForm,
    choice::{CATEGORIES, CODE_SEPARATOR, ISSUED, SERVICE_WAYS, ServedHow, choice},
    session::outcome,
    sheet::{Sheet, date},
};
use crate::{
    case::{OfficialAct, ServiceWay},
    code::SecondFactor,
    ids::{OfficialId, ReplyId, UnitId},
    office::{CaseAct, CaseActKind, SendTo},
    readers::ReaderKey,
    text::{Line, Paragraph, PlainSentence},
};

/// An act on a case, as typed. Each act reads the fields it has; `plain` and what follows it in an
/// opinion are [`ReplyForm`]'s.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct CaseActForm {
    /// The opinion's parts; a notice has its plain sentence only.
    #[serde(flatten)]
    pub opinion: ReplyForm,
    /// One of [`super::CATEGORIES`].
    pub category: String,
    /// The unit's id.
    pub unit: String,
    /// `yyyy-mm-dd`: when the unit reports back.
    pub report_due: String,
    /// The official's id.
    pub handler: String,
    /// Why; the petitioner sees it.
    pub reason: String,
    /// Whom to ask instead.
    pub ask: String,
    /// The reply's id; empty for a new draft.
    pub reply: String,
    /// One of [`super::SERVICE_WAYS`].
    pub way: String,
    /// The return slip's number, by post or visit.
    pub slip: String,
    /// `yyyy-mm-dd`: the day of service.
    pub on: String,
    /// The question.
    pub text: String,
    /// `yyyy-mm-dd`: until when an answer helps.
    pub by_date: String,
    /// `unit:…`, `official:…`.
    pub reader: String,
    /// Another register's name.
    pub system: String,
    /// The number there.
    pub number: String,
    /// `yyyy-mm-dd`: the day it was entered there.
    pub entered_on: String,
    /// One of [`super::ISSUED`].
    pub how: String,
    /// Four digits the person chose anew.
    pub pin: String,
    /// `question:…`, `unit:…`, `official:…`, `number:…`: what is taken back.
    pub what: String,
    /// The id of the issue whose decision is put right.
    pub issue: String,
    /// One of [`super::OUTCOMES`].
    pub outcome: String,
    /// What was decided, in words.
    pub words: String,
    /// `yyyy-mm-dd`: by when, where that was promised.
    pub by: String,
}

impl CaseActForm {
    /// The act; `unit_name` knows the units' names, which the petitioner will read.
    ///
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse(
        &self,
        kind: CaseActKind,
        unit_name: impl Fn(UnitId) -> Option<Line>,
    ) -> Result<CaseAct, FormErrors> {
        let mut sheet = Sheet::default();
        let act = match kind {
            CaseActKind::Classify => self.classify(&mut sheet),
            CaseActKind::Transfer | CaseActKind::Assign => self.send(&mut sheet, kind, unit_name),
            CaseActKind::Accept => self
                .plain(&mut sheet)
                .map(|plain| CaseAct::Accept { plain }),
            CaseActKind::NotAccept => self.not_accept(&mut sheet),
            CaseActKind::NameHandler => {
                let handler = sheet.needed("handler", &self.handler, id);
                handler.map(|handler| CaseAct::NameHandler { handler })
            }
            CaseActKind::DraftReply => return self.draft(),
            CaseActKind::SignReply => self.about(&mut sheet, |reply| CaseAct::SignReply { reply }),
            CaseActKind::IssueReply => {
                self.about(&mut sheet, |reply| CaseAct::IssueReply { reply })
            }
            CaseActKind::RecordService => self.service(&mut sheet),
            CaseActKind::CorrectService => self.correction(&mut sheet),
            CaseActKind::WithdrawReply => self.withdrawal(&mut sheet),
            CaseActKind::AskCitizen => self.question(&mut sheet),
            CaseActKind::WidenReaders => self.widening(&mut sheet),
            CaseActKind::RecordExternal => self.external(&mut sheet),
            CaseActKind::ReplaceAccess => self.replacement(&mut sheet),
            CaseActKind::CorrectDecision => self.decision(&mut sheet),
            CaseActKind::TakeBack => self.taken_back(&mut sheet),
        };
        sheet.finish(act)
    }

    fn classify(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let category = sheet.needed("category", &self.category, choice(&CATEGORIES))?;
        Some(CaseAct::Classify { category })
    }

    fn send(
        &self,
        sheet: &mut Sheet,
        kind: CaseActKind,
        unit_name: impl Fn(UnitId) -> Option<Line>,
    ) -> Option<CaseAct> {
        let unit = sheet.needed("unit", &self.unit, |raw| {
            let unit = id(raw)?;
            let name = unit_name(unit).ok_or(FieldProblem::NotAChoice)?;
            Ok::<_, FieldProblem>((unit, name))
        });
        let kind = match kind {
            CaseActKind::Assign => sheet
                .needed("report_due", &self.report_due, date)
                .map(|report_due| SendTo::Assign { report_due }),
            _ => Some(SendTo::Transfer),
        };
        let plain = self.plain(sheet);
        let (unit, unit_name) = unit?;
        Some(CaseAct::Send {
            kind: kind?,
            unit,
            unit_name,
            plain: plain?,
        })
    }

    fn not_accept(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let reason = self.reason(sheet);
        let ask = sheet.needed("ask", &self.ask, Line::parse);
        let plain = self.plain(sheet);
        Some(CaseAct::NotAccept {
            reason: reason?,
            ask: ask?,
            plain: plain?,
        })
    }

    fn draft(&self) -> Result<CaseAct, FormErrors> {
        let content = self.opinion.parse();
        let mut sheet = Sheet::default();
        let reply = sheet.optional("reply", &self.reply, id);
        Ok(CaseAct::DraftReply {
            reply: sheet.finish(Some(reply))?,
            content: Box::new(content?),
        })
    }

    fn about(&self, sheet: &mut Sheet, act: impl FnOnce(ReplyId) -> CaseAct) -> Option<CaseAct> {
        self.reply(sheet).map(act)
    }

    fn service(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let reply = self.reply(sheet);
        let way = self.way(sheet);
        let on = sheet.needed("on", &self.on, date);
        Some(CaseAct::RecordService {
            reply: reply?,
            way: way?,
            on: on?,
        })
    }

    fn correction(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let reply = self.reply(sheet);
        let way = self.way(sheet);
        let on = sheet.needed("on", &self.on, date);
        let reason = self.reason(sheet);
        Some(CaseAct::CorrectService {
            reply: reply?,
            way: way?,
            on: on?,
            reason: reason?,
        })
    }

    fn withdrawal(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let reply = self.reply(sheet);
        let reason = self.reason(sheet);
        Some(CaseAct::WithdrawReply {
            reply: reply?,
            reason: reason?,
        })
    }

    fn question(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let text = sheet.needed("text", &self.text, Paragraph::parse);
        let by_date = sheet.needed("by_date", &self.by_date, date);
        Some(CaseAct::AskCitizen {
            text: text?,
            by_date: by_date?,
        })
    }

    fn widening(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let reader = sheet.needed("reader", &self.reader, reader);
        let reason = self.reason(sheet);
        Some(CaseAct::WidenReaders {
            reader: reader?,
            reason: reason?,
        })
    }

    fn external(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let system = sheet.needed("system", &self.system, Line::parse);
        let number = sheet.needed("number", &self.number, Line::parse);
        let entered_on = sheet.needed("entered_on", &self.entered_on, date);
        Some(CaseAct::RecordExternal {
            system: system?,
            number: number?,
            entered_on: entered_on?,
        })
    }

    fn replacement(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let how = sheet.needed("how", &self.how, choice(&ISSUED));
        let second_factor = sheet.needed("pin", &self.pin, SecondFactor::parse);
        Some(CaseAct::ReplaceAccess {
            how: how?,
            second_factor: second_factor?,
        })
    }

    fn decision(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let issue = sheet.needed("issue", &self.issue, id);
        let outcome = outcome(sheet, &self.outcome, &self.words, &self.by);
        let reason = self.reason(sheet);
        Some(CaseAct::CorrectDecision {
            issue: issue?,
            outcome: outcome?,
            reason: reason?,
        })
    }

    fn taken_back(&self, sheet: &mut Sheet) -> Option<CaseAct> {
        let what = sheet.needed("what", &self.what, official_act);
        let reason = self.reason(sheet);
        Some(CaseAct::TakeBack {
            what: what?,
            reason: reason?,
        })
    }

    fn plain(&self, sheet: &mut Sheet) -> Option<PlainSentence> {
        sheet.needed("plain", &self.opinion.plain, PlainSentence::parse)
    }

    fn reason(&self, sheet: &mut Sheet) -> Option<Line> {
        sheet.needed("reason", &self.reason, Line::parse)
    }

    fn reply(&self, sheet: &mut Sheet) -> Option<ReplyId> {
        sheet.needed("reply", &self.reply, id)
    }

    fn way(&self, sheet: &mut Sheet) -> Option<ServiceWay> {
        let how = sheet.needed("way", &self.way, choice(&SERVICE_WAYS))?;
        if how == ServedHow::ByHand {
            return Some(ServiceWay::ByHand);
        }
        let slip = sheet.needed("slip", &self.slip, Line::parse)?;
        Some(match how {
            ServedHow::HomeVisit => ServiceWay::HomeVisit { slip },
            _ => ServiceWay::Post { slip },
        })
    }
}

fn id<I: std::str::FromStr>(raw: &str) -> Result<I, FieldProblem> {
    raw.parse().map_err(|_| FieldProblem::NotAChoice)
}

fn reader(raw: &str) -> Result<ReaderKey, FieldProblem> {
    match raw.split_once(CODE_SEPARATOR) {
        Some(("unit", unit)) => id(unit).map(ReaderKey::Unit),
        Some(("official", official)) => id::<OfficialId>(official).map(ReaderKey::Official),
        _ => Err(FieldProblem::NotAChoice),
    }
}

fn official_act(raw: &str) -> Result<OfficialAct, FieldProblem> {
    match raw.split_once(CODE_SEPARATOR) {
        Some(("question", question)) => {
            id(question).map(|question| OfficialAct::Question { question })
        }
        Some(("number", number)) => Ok(OfficialAct::ExternalNumber {
            number: Line::parse(number)?,
        }),
        _ => reader(raw).map(|reader| OfficialAct::Widening { reader }),
    }
}
