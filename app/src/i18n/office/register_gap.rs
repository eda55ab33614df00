use crate::i18n::texts;

texts! {
    RegisterGapTexts {
        title: "未录入国家信访系统", "Not yet in the national register";
        what: "按国家系统的栏目顺序抄录，录好后填回编号。", "Copy in the register's field order, then enter its number here.";
        today: "今天收到", "Received today";
        earlier: "以前收到", "Received earlier";
        copy_sheet: "抄单", "Copy sheet";
        number: "国家系统编号", "Register number";
        print: "打印抄单", "Print the sheet";
        save: "保存编号", "Save the number";
        none: "全部已录入", "Everything is entered";
        none_today: "今天收到的都已录入", "Everything received today is entered";
        none_earlier: "以前收到的都已录入", "Everything received earlier is entered";
        none_what: "新收到的事项会列在这里，直到填回编号。", "New matters are listed here until their number is entered.";
        errors_number: "请填写国家系统编号", "Enter the register number";
    }
}

texts! {
    /// The national register's fields, in its order and its words.
    SheetTexts {
        name: "信访人姓名", "Petitioner's name";
        id_number: "身份证号码", "ID card number";
        birth_year: "出生年份", "Year of birth";
        phone: "联系电话", "Telephone";
        address: "住址", "Address";
        people: "信访人数", "Number of people";
        representatives: "信访代表", "Representatives";
        channel: "信访形式", "Form of the petition";
        received_on: "信访日期", "Date of the petition";
        entered_on: "登记日期", "Date of registration";
        purpose: "信访目的", "Purpose";
        subject: "内容分类", "Subject";
        place: "问题属地", "Place of the matter";
        content: "信访事项概况", "The matter";
        category: "业务类别", "Category";
        unit: "去向单位", "Sent to";
        our_number: "本系统编号", "Our number";
    }
}
