use super::*;

const COUNTY: &str = "330726";

fn county(code: &str) -> CountyCode {
    CountyCode::parse(code).unwrap()
}

/// A letter whose closed part has this many bytes.
fn letter(bytes: usize) -> Letter {
    let closed: Vec<u8> = (0..bytes).map(|at| (at * 31 % 251) as u8).collect();
    Letter {
        letter: CommandId("0193f5a0-1b2c-7d3e-8f40-112233445566".parse().unwrap()),
        county: county(COUNTY),
        key: 2026,
        sender: STANDARD.encode([4; POINT]),
        closed: STANDARD.encode(closed),
    }
}

/// As another phone reads them.
fn read(parts: &[Part]) -> Vec<Part> {
    let read = parts.iter().map(|part| part.to_string().parse().unwrap());
    read.collect()
}

fn check(parts: &[Part]) -> Result<Collected, CarryProblem> {
    collected(parts, &county(COUNTY))
}

#[test]
fn a_letter_of_any_length_comes_out_as_it_went_in() {
    for bytes in (0..40).chain([1200, 6000]) {
        let letter = letter(bytes);
        let parts = read(&parts(&letter).unwrap());
        assert_eq!(check(&parts), Ok(Collected::Whole(letter)), "{bytes}");
    }
}

#[test]
fn parts_come_in_any_order_and_more_than_once() {
    let letter = letter(1400);
    let mut parts = read(&parts(&letter).unwrap());
    assert_eq!(parts.len(), 3);
    parts.reverse();
    parts.push(parts[1].clone());
    assert_eq!(check(&parts), Ok(Collected::Whole(letter)));
}

#[test]
fn what_is_missing_is_told_by_its_number() {
    let parts = read(&parts(&letter(1400)).unwrap());
    assert_eq!(check(&parts[1..2]), Ok(Collected::Missing(vec![1, 3])));
}

#[test]
fn each_code_is_small_enough_to_be_read_and_none_is_much_smaller() {
    for bytes in [100, 900, 1400, 6000] {
        let parts = parts(&letter(bytes)).unwrap();
        let lengths: Vec<usize> = parts.iter().map(|part| part.piece.len()).collect();
        assert!(lengths.iter().all(|length| *length <= PIECE), "{lengths:?}");
        let (least, most) = (lengths.iter().min(), lengths.iter().max());
        assert!(
            most.unwrap() - least.unwrap() < lengths.len(),
            "{lengths:?}"
        );
    }
}

#[test]
fn what_is_too_long_for_codes_goes_in_a_file() {
    let letter = letter(20_000);
    assert_eq!(parts(&letter), None);
    let file = file(std::slice::from_ref(&letter), &[]);
    assert_eq!(brought(&file).map(|it| it.letters), Ok(vec![letter]));
}

#[test]
fn a_changed_character_is_found() {
    let mut parts = read(&parts(&letter(900)).unwrap());
    let other = if parts[0].piece.starts_with('0') {
        "1"
    } else {
        "0"
    };
    parts[0].piece.replace_range(0..1, other);
    assert_eq!(check(&parts), Err(CarryProblem::Changed));
}

#[test]
fn parts_of_two_letters_do_not_mix() {
    let (one, other) = (letter(900), letter(901));
    let (one, other) = (parts(&one).unwrap(), parts(&other).unwrap());
    assert_ne!(one[0].number(), other[0].number());
    let mixed = [one[0].clone(), other[1].clone()];
    assert_eq!(check(&mixed), Err(CarryProblem::Changed));
}

#[test]
fn a_letter_for_another_county_is_refused() {
    let letter = letter(10);
    let parts = parts(&letter).unwrap();
    let other = county("330727");
    assert_eq!(collected(&parts, &other), Err(CarryProblem::OtherCounty));
    assert_eq!(
        of_file(&file(&[letter], &[]), &other),
        Err(CarryProblem::OtherCounty)
    );
}

#[test]
fn letters_of_the_alphabet_may_change_their_case() {
    let letter = letter(10);
    let text = parts(&letter).unwrap()[0].to_string().to_lowercase();
    assert_eq!(
        check(&[text.parse().unwrap()]),
        Ok(Collected::Whole(letter))
    );
}

#[test]
fn what_is_no_part_is_none() {
    let good = parts(&letter(10)).unwrap()[0].to_string();
    let (number, piece) = (&good[..12], &good[17..]);
    for bad in [
        "",
        "0123456789",
        &good[..12],
        &good[1..],
        &format!("{good}.1"),
        &format!("{number}.0.1.{piece}"),
        &format!("{number}.2.1.{piece}"),
        &format!("{number}.1.17.{piece}"),
        &format!("{number}.1.1."),
        &format!("{number}.1.1.{piece}!"),
        "我.1.1.我",
    ] {
        assert_eq!(bad.parse::<Part>(), Err(CarryProblem::NotOne), "{bad}");
    }
    let long = "0".repeat(MOST_CHARACTERS);
    let long = format!("{number}.1.1.{long}");
    assert_eq!(long.parse::<Part>(), Err(CarryProblem::TooLarge));
}

#[test]
fn a_file_gives_all_of_its_letters_or_none() {
    let letters = [letter(10), letter(2000)];
    let good = file(&letters, &[]);
    assert_eq!(brought(&good).map(|it| it.letters), Ok(letters.to_vec()));
    let cut = good.replacen("\"]", "00\"]", 1);
    assert_eq!(brought(&cut), Err(CarryProblem::Changed));
    for bad in [
        "",
        "{}",
        "[]",
        "{\"letters\":[]}",
        "{\"letters\":[\"x\"]}",
        &good[..100],
    ] {
        assert_eq!(brought(bad), Err(CarryProblem::NotOne), "{bad}");
    }
    let large = " ".repeat(MOST_FILE_BYTES + 1);
    assert_eq!(brought(&large), Err(CarryProblem::TooLarge));
}

fn brought(text: &str) -> Result<Brought, CarryProblem> {
    of_file(text, &county(COUNTY))
}

/// A photo that follows [`letter`], with so many bytes inside.
fn medium(at: u128, bytes: usize) -> CarriedMedium {
    let closed = vec![at as u8; bytes + OVERHEAD as usize];
    CarriedMedium {
        attachment: AttachmentId(Uuid::from_u128(at)),
        of: letter(0).letter,
        closed,
    }
}

#[test]
fn photos_lie_in_the_file_beside_their_words() {
    let (letters, media) = ([letter(10)], [medium(1, 40_000), medium(2, 0)]);
    let read = brought(&file(&letters, &media)).unwrap();
    assert_eq!(read.letters, letters);
    assert_eq!(read.media, media);
}

#[test]
fn a_file_of_a_build_without_photos_is_read() {
    let old = format!(
        "{{\"letters\":[\"{}\"]}}",
        Part::whole(&letter(10)).unwrap()
    );
    assert_eq!(file(&[letter(10)], &[]), old);
    assert_eq!(brought(&old).map(|it| it.media), Ok(Vec::new()));
}

#[test]
fn a_photo_that_was_changed_or_has_no_words_is_refused() {
    let other = CommandId(Uuid::from_u128(9));
    let stray = CarriedMedium {
        of: other,
        ..medium(1, 10)
    };
    let stray = file(&[letter(10)], &[medium(2, 10), stray]);
    assert_eq!(brought(&stray), Err(CarryProblem::Changed));
    let good = file(&[letter(10)], &[medium(1, 10)]);
    for (from, to) in [
        // Its bytes, whose it is, and which it is.
        ("AQEBAQ", "AQEBAg"),
        ("0193f5a0", "0193f5a1"),
        ("000000000001\"", "000000000002\""),
    ] {
        let changed = good.replacen(from, to, 1);
        assert_ne!(changed, good);
        assert_eq!(brought(&changed), Err(CarryProblem::Changed), "{from}");
    }
    let short = CarriedMedium {
        closed: vec![1; 20],
        ..medium(1, 0)
    };
    let short = file(&[letter(10)], &[short]);
    assert_eq!(brought(&short), Err(CarryProblem::Changed));
}

#[test]
fn no_more_photos_than_a_filing_names() {
    let media = |count| (0..count).map(|at| medium(at, 5)).collect::<Vec<_>>();
    assert!(brought(&file(&[letter(10)], &media(10))).is_ok());
    let many = file(&[letter(10)], &media(11));
    assert_eq!(brought(&many), Err(CarryProblem::TooLarge));
}

#[test]
fn as_many_photos_as_are_given_fit_in_a_file() {
    let media: Vec<CarriedMedium> = (0..10).map(|at| medium(at, 512 * 1024 - 100)).collect();
    let bytes: usize = media.iter().map(|it| it.closed.len()).sum();
    assert!((MOST_MEDIA_BYTES - 1000..=MOST_MEDIA_BYTES).contains(&bytes));
    assert!(brought(&file(&[letter(70_000)], &media)).is_ok());
}
