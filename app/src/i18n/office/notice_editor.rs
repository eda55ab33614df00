use crate::i18n::{Language, texts};

texts! {
    NoticeEditorTexts {
        title: "公告", "Notice";
        edit: "编辑公告", "Edit the notice";
        new: "新公告", "New notice";
        who: "谁来接访", "Who receives";
        notice_title: "标题", "Title";
        leader: "接访领导姓名", "Leader's name";
        leader_title: "职务", "Title";
        portfolio: "分管工作", "Portfolio";
        when_where: "时间和地点", "When and where";
        date: "日期", "Date";
        from: "开始", "From";
        until: "结束", "Until";
        venue: "地点", "Venue";
        address: "详细地址", "Address";
        division: "在哪个乡镇或村", "Township or village";
        latitude: "纬度（WGS-84）", "Latitude (WGS-84)";
        longitude: "经度（WGS-84）", "Longitude (WGS-84)";
        position_hint: "可不填；填了群众能在地图上找到", "Optional; with it people find the place on a map";
        mode: "方式", "Kind of visit";
        what: "谈什么", "What about";
        scope: "接待范围", "Scope";
        exclusions: "不接待的事项", "Not received";
        one_per_line: "一行一项", "One per line";
        rooms: "接待室", "Rooms";
        rooms_hint: "一行一间，写门牌上的名字；第一行是 1 号", "One per line: what is on the door. The first is room 1";
        room_subjects: "各类内容去几号室", "Which rooms take which subject";
        room_subjects_hint: "填接待室号，几间用逗号隔开。没有列到的接待室什么都谈。", "Room numbers, with commas between them. A room that is not named takes all.";
        departments: "到场单位", "Departments";
        registration: "报名", "Registration";
        opens: "报名开始", "Registration opens";
        closes: "报名截止", "Registration closes";
        closes_hint: "不填就是前一天 17:00", "Left empty: 17:00 the day before";
        places: "名额", "Places";
        slot: "每批几分钟", "Minutes for one party";
        reserve: "预留给窗口、电话和代办的份额（%）", "Share kept for desk, telephone and agents (%)";
        bring: "请群众带上", "What to bring";
        phone: "咨询电话", "Telephone";
        officers: "接访开始前谁能看登记名单", "Who sees who registered before the visit begins";
        officers_hint: "不公开。没有选到的人只能看各类件数。", "Not published. Everybody else sees counts by subject.";
        preview: "预览", "Preview";
        no_preview: "没有等待发布的版本", "No version waits to be published";
        public_page: "看公开的页面", "See the public page";
        save_draft: "保存草稿", "Save the draft";
        ask_approval: "提交审批", "Ask for approval";
        ask_approval_what: "交给另一位审核人。批准以前群众看不到。", "It goes to another person. The public sees nothing before it is approved.";
        approve: "批准并发布", "Approve and publish";
        approve_what: "发布后人人可见。之后的改动会作为变更公开列出。", "Once published everyone sees it. Later changes are listed openly.";
        give_back: "退回修改", "Give it back";
        give_back_reason: "退回原因（编写人看得到）", "Why it is given back (its author reads it)";
        returned: "审核人退回，原因：", "Given back, because: ";
        late_reason: "不足三天发布的原因（会公开）", "Why it is published less than three days ahead (will be public)";
        late_hint: "距接访不足三天，没有原因不能发布；公告上会注明。", "Less than three days ahead it needs a reason, and the notice says so.";
        change: "变更公告", "Change the notice";
        change_reason: "改了什么、为什么（会公开）", "What changes and why (will be public)";
        change_hint: "例如：地点改到县文化馆，因原场地维修", "For example: moved to the culture hall, because the school is being repaired";
        cancel: "取消接访", "Cancel the visit";
        cancel_reason: "取消原因（会公开）", "Why it is cancelled (will be public)";
        cancel_what: "取消后不能恢复。已登记的人逐一告知，转为普通事项或改到下一次。", "This cannot be taken back. Everyone registered is told, and their matters go on.";
        offered: "改到哪一次", "Visit offered instead";
        offered_none: "不另安排", "None";
        conclude: "结束并公布结果", "Conclude and publish the result";
        conclude_what: "当天数字会公布在结果页上。没有接待的登记请先处理完。", "The day's figures become public. End the registrations that were not received first.";
        waiting_approval: "等待审批", "Waiting for approval";
        draft: "草稿", "Draft";
        published: "已发布", "Published";
        cancelled: "已取消", "Cancelled";
        concluded: "已结束", "Concluded";
        versions: "历次变更", "Changes so far";
        author: "编写人", "Author";
        registrations: "登记名单", "Registrations";
    }
}

/// "第 2 位领导" · "Leader 2".
pub fn leader_number(language: Language, number: usize) -> String {
    match language {
        Language::Chinese => format!("第 {number} 位领导"),
        Language::English => format!("Leader {number}"),
    }
}

/// "第 2 版" · "Version 2".
pub fn version_number(language: Language, version: u32) -> String {
    match language {
        Language::Chinese => format!("第 {version} 版"),
        Language::English => format!("Version {version}"),
    }
}

texts! {
    NoticeEditorErrors {
        late: "距接访不足三天，请写明原因", "It is less than three days ahead; give the reason";
        own_approval: "这是您自己编写的，请由另一位审核人批准。", "You wrote this; another person must approve it.";
    }
}
