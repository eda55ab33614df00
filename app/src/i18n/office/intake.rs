use crate::i18n::texts;

texts! {
    IntakeTexts {
        title: "登记来访来电来信", "New intake";
        channel: "渠道", "Channel";
        counter: "来访", "Counter";
        call: "来电", "Call";
        letter: "来信", "Letter";
        petitioner: "信访人姓名", "Petitioner's name";
        filer: "代为反映的人", "Who speaks for the person";
        id_number: "身份证号码", "ID card number";
        contact: "联系方式", "Contact";
        address: "住址", "Address";
        people: "人数", "Number of people";
        subject: "内容分类", "Subject";
        place: "事发地", "Place of the matter";
        matter: "反映的事项", "The matter";
        matter_hint: "照原话记，念给本人听", "Write it as said, and read it back";
        secret_from: "不想让谁知道", "Who should not know";
        received_on: "收到日期", "Received on";
        received_on_hint: "早于今天的，请写明依据（邮戳、登记簿）。期限从这一天起算。", "If before today, say why (postmark, paper book). The dates run from this day.";
        received_on_source: "依据", "Source";
        danger: "现在有人有危险", "Someone is in danger now";
        save_and_print: "保存并打印回执", "Save and print the slip";
        save: "保存", "Save";
        same_person: "同一人近期的事项", "Recent matters of the same person";
        another: "再登记一件", "Register another";
        saved: "已登记", "Registered";
        errors_name: "请填写姓名", "Enter the name";
        errors_matter: "请记录反映的事项", "Write down the matter";
        errors_received_on: "收到日期不能晚于今天", "The date cannot be after today";
        errors_source: "请写明依据", "Say what the date rests on";
    }
}
