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
        kind: "信访目的", "What the person wants";
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
        choose: "请选择", "Please choose";
        more: "需要时填写", "Where it is needed";
        birth_year: "出生年份", "Year of birth";
        representatives: "代表（5 人以内）", "Representatives (at most 5)";
        representatives_hint: "姓名之间用顿号隔开", "Names separated by commas";
        pin_hint: "由本人选。不填就用电话号码后四位。", "The person chooses. Left empty, the last four of the telephone number.";
        print: "打印回执", "Print the slip";
        handed_over: "已交给本人，再登记一件", "Handed over; register another";
        slip_number: "事项编号", "Matter number";
        once: "查询码只在这里显示一次，10 分钟后或点“已交给本人”后，窗口就看不到了。", "The code is shown here only: after 10 minutes, or once handed over, the office cannot see it again.";
        no_slip: "没有待打印的回执", "No slip to print";
        no_slip_what: "回执只在登记后 10 分钟内显示。码丢了，可以在事项里补发。", "A slip is shown for 10 minutes after registering. A lost code is replaced on its case.";
        saved: "已登记", "Registered";
        errors_name: "请填写姓名", "Enter the name";
        errors_matter: "请记录反映的事项", "Write down the matter";
        errors_received_on: "收到日期不能晚于今天", "The date cannot be after today";
        errors_source: "请写明依据", "Say what the date rests on";
    }
}
