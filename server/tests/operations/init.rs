//! Setting up a real county.

use std::fs;

use app::Site;
use server::{accounts::SESSION, clock, data::Data};
use store::records::AccountStatus;

use crate::{
    county::{client, code, place, with_a_visit},
    running::{Running, init, run, typed},
};

const DIVISIONS: &str = "code,name,level,parent\n110101,示例县,county,1101\n\
                         110101001,示例镇,township,110101\n";
const OFFICIALS: &str = "name,title,unit,roles\n\
                         示例科长,科长,示例县信访局,petition_officer publisher\n\
                         示例经办,科员,示例县交通局,unit_handler\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_county_is_set_up_and_its_administrator_comes_in_by_the_link() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("divisions.csv"), DIVISIONS).unwrap();
    fs::write(folder.path().join("officials.csv"), OFFICIALS).unwrap();
    let files = ["--divisions=divisions.csv", "--officials=officials.csv"];
    let said = init(folder.path(), &files);
    let link = said.lines().map(str::trim);
    let link = link
        .into_iter()
        .find(|line| line.starts_with("/110101/office/enrol/"));
    let link = link.unwrap().to_owned();

    let server = Running::start(folder.path(), &[]);
    let get = async |path: &str| {
        let page = client().get(format!("{}{path}", server.address)).send();
        page.await.unwrap().text().await.unwrap()
    };
    let home = get("/110101").await;
    assert!(home.contains("示例县") && home.contains("010-12345678"));
    assert!(!home.contains("演示"), "a real county is none");
    assert!(get(&link).await.contains("管理员甲"));
    assert!(get("/api/v1/110101/divisions").await.contains("示例镇"));

    let users = run(folder.path(), &["user", "--data=data", "list"]).content();
    assert!(users.contains("示例经办") && users.contains("petition_officer"));
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.contains("recovery sheet"), "reminded at every start");
    let sheet = fs::metadata(folder.path().join("data/recovery-sheet.html")).unwrap();
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&sheet.permissions()) & 0o777,
        0o600
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_is_reminded_of_the_sheet_until_it_is_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    init(folder, &[]);
    let store = place(&folder.join("data"), None)
        .open_store()
        .await
        .unwrap();
    let account = store.account_by_name(code(), "管理员甲").await;
    let mut account = account.unwrap().unwrap();
    account.status = AccountStatus::Active;
    store.save_account(&account).await.unwrap();
    let session = store.create_session(account.id, SESSION, clock::now().into());
    let cookie = format!("__Host-office={}", session.await.unwrap().expose());
    store.close().await;

    let server = Running::start(folder, &[]);
    let accounts = async || {
        let page = client().get(format!("{}/110101/office/accounts", server.address));
        let page = page.header("cookie", &cookie).send();
        let page = page.await.unwrap().text().await.unwrap();
        assert!(page.contains("管理员甲"), "{page}");
        page
    };
    let shown = run(folder, &["keys", "--data=data"]).content();
    let key = shown.split_whitespace().nth(2).unwrap();
    let page = accounts().await;
    assert!(page.contains("huiyin keys confirm") && page.contains(key));
    let words = run(folder, &["keys", "--data=data", "sheet", "--words"]).content();
    typed(folder, &["keys", "--data=data", "confirm"], &words).content();
    assert!(!accounts().await.contains("huiyin keys"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_printed_has_the_letterhead_or_else_the_office_s_name() {
    let heading = "示例县人民政府信访局";
    let own = format!("--letterhead={heading}");
    for (flags, expected) in [(&[own.as_str()][..], heading), (&[], "示例县信访局")] {
        let folder = tempfile::tempdir().unwrap();
        init(folder.path(), flags);
        let visit = with_a_visit(&place(&folder.path().join("data"), None)).await;
        let server = Running::start(folder.path(), &[]);
        let poster = format!("{}/110101/notices/{visit}/poster", server.address);
        let page = client().get(poster).send().await.unwrap();
        let page = page.text().await.unwrap();
        let printed = format!("<p class=\"letterhead\">{expected}</p>");
        assert!(page.contains(&printed), "{page}");
    }
}

#[test]
fn what_does_not_fit_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |flags: &[&str]| {
        let whole = [
            &[
                "init",
                "--data=data",
                "--name=示例县",
                "--office=信访局",
                "--administrator=甲",
            ],
            flags,
        ]
        .concat();
        let why = run(folder.path(), &whole).refusal();
        assert!(!folder.path().join("data").exists(), "{why}");
        why
    };
    let why = refused(&["--county=11010", "--phone=010-12345678"]);
    assert!(why.contains("six digits"), "{why}");
    let why = refused(&["--county=110101", "--phone=12"]);
    assert!(why.contains("--phone"), "{why}");
    fs::write(
        folder.path().join("o.csv"),
        "name,title,unit,roles\n甲,科长,局,king\n",
    )
    .unwrap();
    let why = refused(&[
        "--county=110101",
        "--phone=010-12345678",
        "--officials=o.csv",
    ]);
    assert!(why.contains("line 2") && why.contains("king"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_holds_one_county_for_good_and_a_demonstration_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let again = |data: &str| {
        let data = format!("--data={data}");
        let flags = [
            "init",
            &data,
            "--county=110101",
            "--name=县",
            "--office=局",
            "--phone=010-12345678",
            "--administrator=甲",
        ];
        run(folder.path(), &flags).refusal()
    };
    assert!(again("data").contains("holds 示例县 already"));
    let to_demo = run(
        folder.path(),
        &["serve", "--data=data", "--addr=127.0.0.1:0", "--demo"],
    );
    assert!(to_demo.refusal().contains("cannot become a demonstration"));

    let demo = place(&folder.path().join("demo"), None);
    let store = demo.open_store().await.unwrap();
    let site = Site {
        demo: true,
        ..Site::default()
    };
    Data::name_county(&store, code(), &site).await.unwrap();
    store.close().await;
    assert!(again("demo").contains("demonstration"));
    // Without --demo it still is one, and is for this machine.
    let flags = [
        "serve",
        "--data=demo",
        "--addr=0.0.0.0:0",
        "--trusted-proxy=10.0.0.0/8",
        "--public-url=https://a.cn",
    ];
    let shown = run(folder.path(), &flags);
    assert!(shown.refusal().contains("--demo-public"));
    let empty = run(
        folder.path(),
        &["serve", "--data=empty", "--addr=127.0.0.1:0"],
    )
    .refusal();
    assert!(empty.contains("huiyin init"), "{empty}");
    assert!(
        !folder.path().join("empty").exists(),
        "looking makes nothing"
    );
}
