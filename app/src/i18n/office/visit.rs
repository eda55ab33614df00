use crate::i18n::texts;

texts! {
    VisitTexts {
        title: "接访登记", "Registrations of a visit";
        expected: "已登记", "Registered";
        arrived: "已到", "Arrived";
        in_room: "接待中", "In the room";
        finished: "已接待", "Received";
        no_show: "未到", "Did not come";
        serial: "登记号", "Number";
        party: "来访人", "Party";
        people: "人数", "People";
        subject: "内容", "Subject";
        room: "接待室", "Room";
        time: "时间", "Time";
        state: "状态", "State";
        mark_arrived: "记为已到", "Mark arrived";
        change_room: "换接待室", "Change room";
        walk_in: "现场登记", "Walk-in";
        result: "记录结果", "Record the result";
        settled: "当场解决", "Settled on the day";
        decision: "当场决定", "Decision";
        who_decided: "决定人", "Decided by";
        record_right: "记录无误", "The record is right";
        record_not_right: "不确认", "Not confirmed";
        pass_on: "转为事项办理", "Make it a case";
        before_visit: "接访开始前只有指定人员能看姓名", "Until the visit begins only its named officers see names";
        untold: "还没告知的", "Not told yet";
        figures: "当天数字", "Figures of the day";
        registered: "登记", "Registered";
        batches: "接待批次", "Parties received";
        person_visits: "人次", "Person-visits";
        issues_settled: "当场解决问题", "Issues settled on the day";
        none: "还没有人登记", "Nobody has registered yet";
        none_what: "公告发布后，登记会按先后列在这里。", "After publication, registrations are listed here in order.";
    }
}
