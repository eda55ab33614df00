use domain::office::MatterAct;

use crate::i18n::{Language, texts};

texts! {
    PublicMatterEditorTexts {
        new: "新公共事项", "New public matter";
        new_what: "写一页谁都能看的说明。批准之前不公开，批准的人不能是编写的人。",
            "Write a page that everybody can read. It is not public until somebody else approves it.";
        from_case: "来自办件（编号不会公开）：", "From the case (its number is never published): ";
        heading: "标题", "Heading";
        aliases: "别的叫法（一行一个）", "Other names (one a line)";
        subject: "哪方面的事", "What it is about";
        places: "涉及哪些地方", "Places concerned";
        villages: "选村", "villages";
        places_hint: "整个乡镇勾第一项；只涉及几个村，展开后勾村。", "Tick the township as a whole, or unfold it and tick villages.";
        population: "大约涉及多少人", "About how many people";
        summary: "什么事（不写任何个人信息）", "What it is about (no personal details)";
        check_identity: "我已核对：看不出是谁提出的", "I have checked: nobody can tell who raised it";
        ask_approval: "提交审批", "Ask for approval";
        villager_sees: "村民看到的页面", "The page as a villager sees it";
        will_see: "批准后，村民看到的页面", "The page as a villager will see it";
        open_public: "打开公开的页面", "Open the public page";
        what_to_do: "可以做的", "What you can do";
        nothing_to_do: "您现在没有要做的。", "There is nothing for you to do now.";
        author: "编写：", "Written by ";
        own_approval: "这是您编写的，要由另一位发布员批准。", "You wrote it: another publisher approves it.";
        awaits: "等待批准", "Waits for approval";
        correction_awaits: "更正等待批准", "A correction waits for approval";
        withdrawn: "已撤下", "Taken back";
        take_back_reason: "为什么撤回（会公开）", "Why it is taken back (will be public)";
        correct_reason: "哪里错了（会公开）", "What was wrong (will be public)";
        corrected_page: "更正后，村民看到的页面", "The page after the correction";
        public: "已公开", "Public";
        none: "还没有公共事项", "No public matters yet";
        none_what: "多人关心的事，可以写成一页公开的说明，一步一步写明办到哪里。", "A matter many people care about can have a page that says, step by step, how far it has come.";
        next_step: "下一步", "Next step";
        state: "状态", "State";
        steps: "承诺和进展", "Promises and steps";
        answer: "答复（一句话）", "The answer in one sentence";
        answered_on: "答复日期", "Day of the answer";
        promise: "承诺什么", "What is promised";
        unit: "负责单位", "Responsible office";
        promise_by: "哪天办到", "Done by";
        measure: "用什么衡量（可不填）", "What can be measured (optional)";
        measure_hint: "例如：到县城的车程。填了就把前后两项也填上。", "Such as: the drive to town. With it goes what it was and what it will be.";
        before: "以前", "Before";
        after: "办到以后", "Afterwards";
        step: "哪一步", "Which step";
        step_by: "计划哪天完成", "Planned for";
        completed_on: "哪天完成的", "Day it was reached";
        evidence: "凭什么说完成了（文件、会议纪要、有日期的记录）", "What shows it (a document, minutes, a dated note)";
        delay_until: "推迟到", "Delayed until";
        delay_reason: "推迟原因（会公开）", "Why (will be public)";
        kept_on: "哪天办到的", "Day it was kept";
        step_done: "完成", "Reached";
        saved: "已保存", "Saved";
    }
}

texts! {
    /// What an act is called on its button.
    MatterActTexts {
        revise: "修改页面", "Change the page";
        approve: "批准并公开", "Approve and publish";
        answer: "公布答复", "Publish the answer";
        commit: "添加承诺", "Add a promise";
        add_milestone: "添加一步", "Add a step";
        complete_milestone: "记为完成", "Reached";
        delay_milestone: "推迟", "Delay";
        fulfil: "记为办到了", "Promise kept";
        correct: "更正页面", "Put the page right";
        approve_correction: "批准更正", "Approve the correction";
        take_back_page: "撤下页面", "Take the page back";
        take_back_answer: "撤回答复", "Take the answer back";
        take_back_step: "撤回“完成”", "Take “reached” back";
        take_back_fulfilment: "撤回“办到了”", "Take “kept” back";
    }
}

texts! {
    /// What the public page says after an act.
    MatterSeenTexts {
        revise: "现在还看不到；批准后看到改过的页面。", "Nothing yet; after approval, the changed page.";
        approve: "下面这一整页，马上能看到。", "All of the page below, at once.";
        answer: "标记“已答复”，和这一句答复、日期。“已落实”是另一个标记，不会一起出现。", "The mark “answered” with this sentence and its day. “Done” is another mark and does not come with it.";
        commit: "承诺的内容、负责单位、哪天办到，和前后对比。", "What is promised, by which office, by when, and the measure.";
        add_milestone: "这一步和计划的日期。", "The step and its planned day.";
        complete_milestone: "这一步完成的日期和依据。", "The day it was reached and what shows it.";
        delay_milestone: "原来的日期、新的日期和原因，一直留着。", "The old day, the new day and the reason; they stay.";
        correct: "批准后看到改过的页面，最上面写明哪天更正、为什么。", "After approval, the changed page, with the day and the reason at its top.";
        take_back: "原来的位置留着，写明哪天撤回、为什么；撤下整页的，只剩标题和原因。", "The place stays, with the day and the reason; of a whole page only its title and the reason are left.";
        fulfil: "“说到做到”的印章和日期；所有承诺都办到后标记“已落实”。", "The seal “promise kept” and the day; once every promise is kept, the mark “done”.";
    }
}

/// An act on its button.
pub fn matter_act(language: Language, act: MatterAct) -> &'static str {
    let texts = MatterActTexts::of(language);
    match act {
        MatterAct::Revise => texts.revise,
        MatterAct::Approve => texts.approve,
        MatterAct::Answer => texts.answer,
        MatterAct::Commit => texts.commit,
        MatterAct::AddMilestone => texts.add_milestone,
        MatterAct::CompleteMilestone => texts.complete_milestone,
        MatterAct::DelayMilestone => texts.delay_milestone,
        MatterAct::Fulfil => texts.fulfil,
        MatterAct::Correct => texts.correct,
        MatterAct::ApproveCorrection => texts.approve_correction,
        MatterAct::TakeBackPage => texts.take_back_page,
        MatterAct::TakeBackAnswer => texts.take_back_answer,
        MatterAct::TakeBackStep => texts.take_back_step,
        MatterAct::TakeBackFulfilment => texts.take_back_fulfilment,
    }
}

/// What the public page says after an act.
pub fn matter_seen(language: Language, act: MatterAct) -> &'static str {
    let texts = MatterSeenTexts::of(language);
    match act {
        MatterAct::Revise => texts.revise,
        MatterAct::Approve => texts.approve,
        MatterAct::Answer => texts.answer,
        MatterAct::Commit => texts.commit,
        MatterAct::AddMilestone => texts.add_milestone,
        MatterAct::CompleteMilestone => texts.complete_milestone,
        MatterAct::DelayMilestone => texts.delay_milestone,
        MatterAct::Fulfil => texts.fulfil,
        MatterAct::Correct | MatterAct::ApproveCorrection => texts.correct,
        MatterAct::TakeBackPage
        | MatterAct::TakeBackAnswer
        | MatterAct::TakeBackStep
        | MatterAct::TakeBackFulfilment => texts.take_back,
    }
}
