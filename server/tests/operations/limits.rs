//! Guessing at codes is slowed down exactly, and nobody else with it (`people.md` 22).

use domain::code::QueryCode;
use futures_util::future::join_all;

use crate::county::Here;

const PHONE: &str = "13800138000";
const PIN: &str = "8000";

/// A number with the right check digit that nobody was given.
fn unknown() -> String {
    (0..10)
        .map(|last| format!("111222333{last}"))
        .find(|code| QueryCode::parse(code).is_ok())
        .unwrap()
}

/// The code with one digit mistyped, as a check digit notices.
fn mistyped(code: &str) -> String {
    let digits: Vec<char> = code.chars().filter(char::is_ascii_digit).collect();
    let last = digits[9].to_digit(10).unwrap();
    let wrong = char::from_digit((last + 1) % 10, 10).unwrap();
    digits[..9].iter().chain([&wrong]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_thirty_tries_at_once_exactly_five_are_evaluated() {
    let here = Here::open().await;
    let known = here.filed(1, PHONE, PIN).await.remove(0);
    // A known code and an unknown one answer alike.
    for code in [known.as_str(), &unknown()] {
        let tries = (0..30).map(|_| here.follow(code, "0000", ""));
        let answers = join_all(tries).await;
        let count = |what| answers.iter().filter(|to| to.ends_with(what)).count();
        assert_eq!((count("=wrong"), count("=slow")), (5, 25), "{answers:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_holder_of_a_code_under_attack_comes_in_with_the_whole_number() {
    let here = Here::open().await;
    let code = here.filed(1, PHONE, PIN).await.remove(0);
    for _ in 0..5 {
        assert_eq!(
            here.follow(&code, "0000", "").await,
            "/follow?problem=wrong"
        );
    }
    assert_eq!(here.follow(&code, PIN, "").await, "/follow?problem=slow");
    let other = here.follow(&code, PIN, "13900139000").await;
    assert_eq!(other, "/follow?problem=wrong", "any number will not do");
    assert_eq!(here.follow(&code, PIN, "138 0013 8000").await, "/mine");
    // The number is another factor, not a way around the digits, and is limited as well.
    for _ in 0..4 {
        assert_eq!(
            here.follow(&code, "0000", PHONE).await,
            "/follow?problem=wrong"
        );
    }
    assert_eq!(here.follow(&code, PIN, PHONE).await, "/follow?problem=slow");
    let page = here.get("/110101/follow?problem=slow").await.text().await;
    assert!(page.unwrap().contains("name=\"phone\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_people_behind_one_address_with_typos_are_all_let_in() {
    let here = Here::open().await;
    let codes = here.filed(1000, PHONE, PIN).await;
    for some in codes.chunks(50) {
        // Five in a hundred mistype: a digit of the code, or one of the four.
        for code in &some[..2] {
            let to = here.follow(&mistyped(code), PIN, "").await;
            assert_eq!(to, "/follow?problem=check");
        }
        let to = here.follow(&some[2], "8001", "").await;
        assert_eq!(to, "/follow?problem=wrong");
        let all = join_all(some.iter().map(|code| here.follow(code, PIN, ""))).await;
        assert!(all.iter().all(|to| to == "/mine"), "{all:?}");
    }
}
