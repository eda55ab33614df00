//! Notices: written by one, approved by another.

use anyhow::{Result, bail};
use chrono::{Duration, NaiveDate, NaiveTime};
use domain::{
    division::DivisionCode,
    filing::Subject,
    ids::VisitId,
    office::{OfficeCommand, VisitCommand},
    phone::PhoneNumber,
    receipt::Receipt,
    visit::{Hours, Leader, ReceptionRoom, RegistrationWindow, Venue, VisitMode, VisitNotice},
};

use super::{Demo, actors, at, line, lines, name, paragraph};
use crate::execute::AnyCommand;

const ROOMS: [(&str, &[Subject]); 14] = [
    ("自然资源", &[Subject::Land]),
    ("自然资源", &[Subject::Land]),
    ("住房建设", &[Subject::Housing]),
    ("住房建设", &[Subject::Housing]),
    ("交通运输", &[Subject::Roads]),
    ("交通运输", &[Subject::Roads]),
    ("水利", &[Subject::Water]),
    ("生态环境", &[Subject::Environment]),
    ("人力社保", &[Subject::Work, Subject::Pension]),
    ("卫生健康", &[Subject::Health]),
    ("教育", &[Subject::School]),
    ("司法调解", &[Subject::Neighbours]),
    ("农业农村", &[Subject::VillageAffairs]),
    ("综合", &[]),
];

const DEPARTMENTS: [&str; 15] = [
    "发展改革",
    "自然资源",
    "住房建设",
    "交通运输",
    "水利",
    "生态环境",
    "人力社保",
    "卫生健康",
    "教育",
    "司法",
    "农业农村",
    "民政",
    "公安",
    "财政",
    "市场监管",
];

/// A notice with fourteen rooms, eight to five, ten percent of places kept.
pub fn notice(
    title: &str,
    date: NaiveDate,
    opens: NaiveDate,
    venue: (&str, &str, &str),
) -> Result<VisitNotice> {
    let rooms = ROOMS.iter().zip(1..).map(|((label, subjects), number)| {
        Ok(ReceptionRoom {
            number,
            label: line(label)?,
            subjects: subjects.to_vec(),
        })
    });
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    Ok(VisitNotice {
        title: line(title)?,
        mode: VisitMode::FixedPlace,
        date,
        hours: Hours {
            from: time(8),
            to: time(17),
        },
        venue: Venue {
            name: line(venue.0)?,
            address: line(venue.1)?,
            division: DivisionCode::parse(venue.2).ok(),
            point: None,
        },
        leaders: vec![
            Leader {
                name: name("示例一")?,
                title: line("县委书记（演示）")?,
                portfolio: line("全面工作")?,
            },
            Leader {
                name: name("示例二")?,
                title: line("副县长（演示）")?,
                portfolio: line("交通、住建、自然资源")?,
            },
        ],
        departments: lines(&DEPARTMENTS)?,
        rooms: rooms.collect::<Result<_>>()?,
        scope: paragraph(
            "县、乡镇（街道）职权范围内的事，当天能定的当天定，不能当天定的说清谁来办、几号前答复。",
        )?,
        exclusions: lines(&["正在法院审理或已经判决的案件，请向法院提出"])?,
        registration: RegistrationWindow {
            opens: at(opens, 9, 0),
            closes: at(date - Duration::days(1), 17, 0),
        },
        bring: lines(&["身份证", "与事情有关的材料，没有也可以来"])?,
        phone: PhoneNumber::parse("0579-00000000")?,
        slot_minutes: 15,
        reserve_percent: 10,
        officers: vec![
            actors::id_of(&actors::author()?),
            actors::id_of(&actors::desk()?),
        ],
    })
}

/// Drafts, submits and approves a notice on a day.
pub async fn publish(demo: &Demo<'_>, notice: VisitNotice, on: NaiveDate) -> Result<VisitId> {
    let (author, approver) = (actors::author()?, actors::approver()?);
    let about = |command| AnyCommand::Office(OfficeCommand::Visit(command));
    let draft = about(VisitCommand::Draft {
        notice: Box::new(notice),
    });
    let Receipt::Visit { visit } = demo.act(&author, at(on, 8, 0), draft).await? else {
        bail!("no visit")
    };
    demo.act(
        &author,
        at(on, 8, 10),
        about(VisitCommand::Submit {
            visit,
            short_lead: None,
        }),
    )
    .await?;
    demo.act(
        &approver,
        at(on, 8, 30),
        about(VisitCommand::Approve { visit }),
    )
    .await?;
    Ok(visit)
}

/// One visit open for registration.
pub async fn announce(demo: &Demo<'_>) -> Result<()> {
    let venue = ("县文化馆", "浦阳街道人民东路", "330726002");
    let notice = notice("县领导下访接访公告", demo.day(9), demo.day(-2), venue)?;
    publish(demo, notice, demo.day(-3)).await?;
    Ok(())
}
