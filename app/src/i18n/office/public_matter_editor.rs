use crate::i18n::texts;

texts! {
    PublicMatterEditorTexts {
        title: "编辑公共事项", "Edit the public matter";
        new: "新公共事项", "New public matter";
        heading: "标题", "Heading";
        summary: "什么事（不写任何个人信息）", "What it is about (no personal details)";
        place: "地点", "Place";
        unit: "负责单位", "Responsible office";
        lead: "包案领导", "Leader in charge";
        check_identity: "我已核对：看不出是谁提出的", "I have checked: nobody can tell who raised it";
        ask_approval: "提交审批", "Ask for approval";
        approve: "批准并公开", "Approve and publish";
        promise: "承诺", "Promise";
        promise_by: "完成日期", "By";
        milestone: "进展", "Milestone";
        add_milestone: "添加进展", "Add a milestone";
        complete: "记为完成", "Complete";
        completed_on: "完成日期", "Completed on";
        delay: "推迟", "Delay";
        delay_until: "推迟到", "Delay until";
        delay_reason: "推迟原因（会公开）", "Why (will be public)";
        indicator: "前后对比", "Before and after";
        before: "以前", "Before";
        after: "现在", "After";
        answered: "记为已答复", "Mark as answered";
        done: "记为已落实", "Mark as done";
        own_approval: "不能批准自己编写的内容", "You cannot approve what you wrote";
        identity_missing: "请先核对个人信息", "Check for personal details first";
    }
}
