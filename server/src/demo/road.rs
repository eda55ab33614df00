//! The road: a matter of general interest with two years of history, answered long before done.

use anyhow::{Result, bail};
use domain::{
    division::DivisionCode,
    filing::Subject,
    ids::{CommitmentId, MatterId, MilestoneId},
    matter::{Indicator, MatterPage},
    office::{MatterCommand, OfficeCommand},
    receipt::Receipt,
};

use super::{Demo, actors, at, line, paragraph};
use crate::execute::AnyCommand;

fn about(command: MatterCommand) -> AnyCommand {
    AnyCommand::Office(OfficeCommand::Matter(command))
}

pub async fn follow(demo: &Demo<'_>) -> Result<()> {
    let (author, approver, unit) = (actors::author()?, actors::approver()?, actors::handler()?);
    let page = MatterPage {
        title: line("西部山区公路拓宽改造")?,
        aliases: vec![line("山区老公路")?],
        subject: Subject::Roads,
        places: vec![
            DivisionCode::parse("330726107")?,
            DivisionCode::parse("330726204")?,
        ],
        population: Some(200_000),
        summary: paragraph(
            "公路窄、弯多，困扰沿线村民十多年，去省城要大半天。村民代表在接访时当面提出拓宽。",
        )?,
    };
    let propose = about(MatterCommand::Propose {
        page: Box::new(page),
        case: None,
    });
    let receipt = demo.act(&author, at(demo.day(-760), 9, 0), propose).await?;
    let Receipt::Matter { matter } = receipt else {
        bail!("no matter")
    };
    demo.act(
        &approver,
        at(demo.day(-758), 9, 0),
        about(MatterCommand::Approve { matter }),
    )
    .await?;
    let answer = MatterCommand::Answer {
        matter,
        answer: line("列入县重点工程，分两段拓宽，三个多月后开工")?,
        on: demo.day(-740),
    };
    demo.act(&unit, at(demo.day(-740), 9, 0), about(answer))
        .await?;
    let commit = MatterCommand::Commit {
        matter,
        promise: line("全线拓宽为双向两车道")?,
        unit: actors::TRANSPORT,
        unit_name: line("县交通运输局")?,
        planned: demo.day(40),
        indicator: Some(Indicator {
            name: line("到省城的车程")?,
            before: line("6 小时")?,
            after: line("2 小时")?,
        }),
    };
    demo.act(&unit, at(demo.day(-739), 9, 0), about(commit))
        .await?;
    steps(demo, matter).await
}

async fn steps(demo: &Demo<'_>, matter: MatterId) -> Result<()> {
    let unit = actors::handler()?;
    let state = demo
        .store
        .read()
        .await?
        .matter(super::county(), matter)
        .await?
        .state;
    let Some(commitment) =
        state.and_then(|matter| matter.commitments.first().map(|known| known.id))
    else {
        bail!("no commitment")
    };
    let plan = [
        ("测量设计完成", -700, Some((-702, "设计文件"))),
        ("开工", -650, Some((-652, "开工报告"))),
        ("东段通车", -300, Some((-295, "交工验收记录"))),
        ("西段路基完成", -90, None),
        ("全线通车", 40, None),
    ];
    for (title, planned, _) in plan {
        let add = MatterCommand::AddMilestone {
            matter,
            commitment,
            title: line(title)?,
            planned: demo.day(planned),
        };
        demo.act(&unit, at(demo.day(-738), 9, 0), about(add))
            .await?;
    }
    let milestones = milestones(demo, matter, commitment).await?;
    for ((_, _, done), milestone) in plan.iter().zip(&milestones) {
        if let Some((on, evidence)) = done {
            let on = demo.day(*on);
            let done = MatterCommand::CompleteMilestone {
                matter,
                milestone: *milestone,
                on,
                evidence: line(evidence)?,
            };
            demo.act(&unit, at(on, 16, 0), about(done)).await?;
        }
    }
    let delay = MatterCommand::DelayMilestone {
        matter,
        milestone: milestones[3],
        until: demo.day(15),
        reason: line("雨季塌方，先做边坡防护再铺路基")?,
    };
    demo.act(&unit, at(demo.day(-95), 9, 0), about(delay))
        .await?;
    Ok(())
}

async fn milestones(
    demo: &Demo<'_>,
    matter: MatterId,
    of: CommitmentId,
) -> Result<Vec<MilestoneId>> {
    let state = demo
        .store
        .read()
        .await?
        .matter(super::county(), matter)
        .await?
        .state;
    let commitments = state.map(|matter| matter.commitments).unwrap_or_default();
    let found = commitments.into_iter().find(|known| known.id == of);
    Ok(found
        .map(|known| known.milestones.iter().map(|step| step.id).collect())
        .unwrap_or_default())
}
