use crate::i18n::texts;

texts! {
    NoticeEditorTexts {
        title: "编辑公告", "Edit the notice";
        new: "新公告", "New notice";
        leader: "接访领导姓名", "Leader's name";
        leader_title: "职务", "Title";
        portfolio: "分管工作", "Portfolio";
        date: "日期", "Date";
        from: "开始", "From";
        until: "结束", "Until";
        venue: "地点", "Venue";
        address: "详细地址", "Address";
        mode: "方式", "Kind of visit";
        scope: "接待范围", "Scope";
        exclusions: "不接待的事项", "Not received";
        rooms: "接待室", "Rooms";
        room_subjects: "各室内容", "Subjects by room";
        departments: "到场单位", "Departments";
        opens: "报名开始", "Registration opens";
        closes: "报名截止", "Registration closes";
        places: "名额", "Places";
        reserve: "预留给窗口、电话和代办的份额", "Share kept for desk, telephone and agents";
        bring: "请群众带上", "What to bring";
        phone: "咨询电话", "Telephone";
        preview: "预览", "Preview";
        save_draft: "保存草稿", "Save the draft";
        ask_approval: "提交审批", "Ask for approval";
        approve: "批准并发布", "Approve and publish";
        approve_what: "发布后人人可见。之后的改动会作为变更公开列出。", "Once published everyone sees it. Later changes are listed openly.";
        late_reason: "不足三天发布的原因（会公开）", "Why it is published less than three days ahead (will be public)";
        change: "变更公告", "Change the notice";
        change_reason: "变更原因（会公开）", "Why it changes (will be public)";
        cancel: "取消接访", "Cancel the visit";
        cancel_reason: "取消原因（会公开）", "Why it is cancelled (will be public)";
        waiting_approval: "等待审批", "Waiting for approval";
        published: "已发布", "Published";
        versions: "历次版本", "Versions";
    }
}

texts! {
    NoticeEditorErrors {
        leader: "请填写接访领导姓名", "Enter the leader's name";
        leader_title: "请填写职务", "Enter the title";
        portfolio: "请填写分管工作", "Enter the portfolio";
        date: "请填写日期", "Enter the date";
        date_past: "日期不能早于今天", "The date cannot be before today";
        hours: "结束时间应晚于开始时间", "The end must be after the start";
        venue: "请填写地点", "Enter the venue";
        scope: "请填写接待范围", "Enter the scope";
        window: "报名应在接访前截止", "Registration must close before the visit";
        phone: "请填写咨询电话", "Enter a telephone number";
        late: "距接访不足三天，请写明原因", "It is less than three days ahead; give the reason";
        own_approval: "不能批准自己编写的公告", "You cannot approve a notice you wrote";
    }
}
