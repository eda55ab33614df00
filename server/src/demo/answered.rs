//! One matter of the past day, followed from classification to a served answer.

use anyhow::{Result, bail};
use chrono::Duration;
use domain::{
    case::{Category, Disposition, ReplyContent, ServiceWay, StatutoryPath},
    ids::ReplyId,
    office::{CaseAct, CaseCommand, OfficeCommand, SendTo},
    receipt::Receipt,
};

use super::{Demo, actors, at, day::Held, line, paragraph, plain};
use crate::execute::AnyCommand;

/// The first of the day that was not settled on the spot and is about a road.
const FOLLOWED: usize = 96;

/// Answers it and gives its party's code.
pub async fn answer(demo: &Demo<'_>, held: &Held) -> Result<String> {
    let (case, _) = held.cases[FOLLOWED];
    let about = |act| AnyCommand::Office(OfficeCommand::Case(CaseCommand { case, act }));
    let (office, handler, head) = (actors::author()?, actors::handler()?, actors::head()?);
    let day = |days: i64| demo.day(-40 + days);

    let category = Category::Appeal(StatutoryPath::Petition);
    demo.act(
        &office,
        at(day(1), 9, 0),
        about(CaseAct::Classify { category }),
    )
    .await?;
    let send = CaseAct::Send {
        kind: SendTo::Assign {
            report_due: day(45),
        },
        unit: actors::TRANSPORT,
        unit_name: line("县交通运输局")?,
        plain: plain("您反映的事已交给县交通运输局办理，由它在15天内告诉您是否受理。")?,
    };
    demo.act(&office, at(day(2), 9, 0), about(send)).await?;
    let accept = CaseAct::Accept {
        plain: plain("县交通运输局已受理，60天内书面答复您。")?,
    };
    demo.act(&handler, at(day(5), 9, 0), about(accept)).await?;
    let named = CaseAct::NameHandler {
        handler: actors::id_of(&handler),
    };
    demo.act(&head, at(day(5), 10, 0), about(named)).await?;
    let draft = CaseAct::DraftReply {
        reply: None,
        content: Box::new(opinion(demo)?),
    };
    let receipt = demo.act(&handler, at(day(25), 9, 0), about(draft)).await?;
    let Receipt::Reply { reply, .. } = receipt else {
        bail!("no reply")
    };
    issue(demo, &about, reply, day(26)).await?;
    Ok(held.codes[FOLLOWED].clone())
}

async fn issue(
    demo: &Demo<'_>,
    about: &(dyn Fn(CaseAct) -> AnyCommand + Sync),
    reply: ReplyId,
    on: chrono::NaiveDate,
) -> Result<()> {
    let (handler, head) = (actors::handler()?, actors::head()?);
    demo.act(&head, at(on, 9, 0), about(CaseAct::SignReply { reply }))
        .await?;
    demo.act(
        &handler,
        at(on, 10, 0),
        about(CaseAct::IssueReply { reply }),
    )
    .await?;
    let served = on + Duration::days(2);
    let service = CaseAct::RecordService {
        reply,
        way: ServiceWay::ByHand,
        on: served,
    };
    demo.act(&handler, at(served, 15, 0), about(service))
        .await?;
    Ok(())
}

fn opinion(demo: &Demo<'_>) -> Result<ReplyContent> {
    let by = demo.day(60);
    Ok(ReplyContent {
        plain: plain(&format!(
            "支持您的请求：村口到县道的路由县交通运输局重修，{}前完工。不同意可在收到后30天内申请复查。",
            by.format("%-m月%-d日")
        ))?,
        body: None,
        disposition: Some(Disposition::Support),
        facts: Some(paragraph("现场查看，路面破损属实，涉及两个自然村出行。")?),
        basis: Some(paragraph("《农村公路养护管理办法》有关养护责任的规定。")?),
        remedies: Some(paragraph(
            "对本意见不服的，可以自收到之日起30天内向上一级机关申请复查。",
        )?),
        evidence: vec![line("现场查看记录")?],
    })
}
