use crate::i18n::texts;

texts! {
    PublicMattersTexts {
        title: "大家的事", "Public matters";
        what: "多人关心、已去掉个人信息的事项，办到哪一步都写在这里。", "Matters many people care about, without personal details, and how far each has come.";
        by_township: "按乡镇街道", "By township";
        in_progress: "正在办", "In progress";
        finished: "已落实", "Done";
        none: "这里还没有公开的事项", "No public matters here yet";
        none_what: "有多人关心的事公开以后，会列在这里。", "When a matter of general interest is published it is listed here.";
        need_help: "需要帮助推进", "Needs help to move on";
    }
}

texts! {
    PublicMatterTexts {
        title: "公共事项", "Public matter";
        raised: "什么事", "What it is about";
        responsible: "负责单位", "Responsible office";
        lead: "包案领导", "Leader in charge";
        promise: "承诺", "Promise";
        by: "完成日期", "By";
        milestones: "进展", "Milestones";
        planned: "计划", "Planned";
        actual: "实际", "Actual";
        delayed: "推迟", "Delayed";
        delay_reason: "推迟原因", "Why it was delayed";
        changed: "承诺有变更", "The promise was changed";
        change_reason: "变更原因", "Why it was changed";
        before: "以前", "Before";
        after: "现在", "After";
        answered: "已答复", "Answered";
        done: "已落实", "Done";
        not_done_yet: "还没落实", "Not done yet";
        page_corrected: "更正了内容", "The text was corrected";
        page_taken_back: "撤下了这一页", "This page was taken back";
        answer_taken_back: "撤回了答复", "The answer was taken back";
        step_taken_back: "撤回了一步“已完成”", "A step reported as done was taken back";
        fulfilment_taken_back: "撤回了“已落实”", "A promise reported as kept was taken back";
        no_identity: "这里不写任何个人的姓名和情况。", "No person is named or described here.";
        same_problem: "我也有这个问题", "I have the same problem";
        no_milestones: "还没有进展记录", "No progress recorded yet";
        no_milestones_what: "每完成一步，日期和情况会写在这里。", "Each step is written here with its date.";
    }
}
