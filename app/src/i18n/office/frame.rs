use crate::i18n::texts;

texts! {
    /// The rail and what every office screen says.
    FrameTexts {
        places: "工作栏目", "Work";
        sign_out: "退出登录", "Sign out";
        citizen_will_see: "群众将看到", "What the citizen will see";
        worklist: "办件", "Worklist";
        intake: "登记来访来电来信", "New intake";
        visits: "接访", "Visits";
        notices: "公告", "Notices";
        to_tell: "待告知", "To tell";
        public_matters: "公共事项", "Public matters";
        not_in_register: "未录入国家系统", "Not yet in the national register";
        tablet: "没有信号时办公", "Without a signal";
        accounts: "账号", "Accounts";
        saved: "已保存", "Saved";
        reason: "理由", "Reason";
        reason_hint: "会写进经过，当事人看得到", "Goes into the history; the person can read it";
        confidential: "保密", "Confidential";
        masked: "已隐去", "Hidden";
        unmask: "显示姓名（会留下记录）", "Show the name (this is recorded)";
        keyboard: "快捷键：j 下一条，k 上一条，/ 查找，Enter 打开，? 帮助",
            "Keys: j next, k previous, / search, Enter open, ? help";
        in_register: "国家信访系统：已录入", "National register: entered";
        out_of_register: "国家信访系统：未录入", "National register: not entered";
    }
}

texts! {
    /// What an account may be.
    RoleTexts {
        desk_clerk: "窗口登记员", "Desk clerk";
        room_clerk: "接待室记录员", "Room clerk";
        receiving_leader: "接访领导", "Receiving leader";
        petition_officer: "信访局工作人员", "Petition officer";
        unit_handler: "承办人", "Handler";
        unit_head: "承办单位负责人", "Head of unit";
        reviewer: "复查复核人员", "Reviewer";
        supervisor: "督查人员", "Supervisor";
        publisher: "信息发布员", "Publisher";
        auditor: "审计人员", "Auditor";
        administrator: "管理员", "Administrator";
        village_agent: "代办员", "Village agent";
    }
}

/// A role in words.
pub fn role_name(role: domain::actor::Role) -> &'static str {
    use domain::actor::Role;
    let texts = RoleTexts::of(crate::i18n::use_language());
    match role {
        Role::VillageAgent => texts.village_agent,
        Role::DeskClerk => texts.desk_clerk,
        Role::RoomClerk => texts.room_clerk,
        Role::ReceivingLeader => texts.receiving_leader,
        Role::PetitionOfficer => texts.petition_officer,
        Role::UnitHandler => texts.unit_handler,
        Role::UnitHead => texts.unit_head,
        Role::Supervisor => texts.supervisor,
        Role::Publisher => texts.publisher,
        Role::Auditor => texts.auditor,
        Role::Administrator => texts.administrator,
    }
}
