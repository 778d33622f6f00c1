//! The instances of the measurements: made as they are defined, solved to the optimum OR-Tools finds as well.

#[path = "../../../examples/matching/generate.rs"]
pub(super) mod generate;

use super::super::certificate::check;
use super::super::{Instance, Ties, solve};
use generate::{Shape, generate};

#[test]
fn instances_and_their_optimum_equal_the_table() {
    let table = [
        ("muni-loose", 300, 200, 10_000, 669, (200, 139_639)),
        ("muni-tight", 130, 200, 9_144, 193, (193, 126_115)),
        ("region-loose", 8_000, 6_000, 299_018, 16_976, (5_981, 4_167_549)),
        ("region-tight", 4_000, 6_000, 295_956, 5_914, (5_914, 3_746_865)),
        ("region-topk", 4_000, 6_000, 297_204, 5_908, (5_897, 3_905_752)),
    ];
    for (name, mentors, mentees, edges, reachable, optimum) in table {
        let lists = generate(Shape::named(name).unwrap());
        let instance = Instance::from_rows(lists.places, lists.rows, &lists.mentors, &lists.scores).unwrap();
        assert_eq!(
            (instance.mentors(), instance.mentees(), instance.edges()),
            (mentors, mentees, edges),
            "{name}"
        );
        let mut reached = vec![false; mentors];
        (0..mentees)
            .flat_map(|mentee| instance.candidates(mentee))
            .for_each(|(mentor, _)| reached[mentor as usize] = true);
        let places =
            (0..mentors).filter(|mentor| reached[*mentor]).map(|mentor| u32::from(instance.places(mentor)));
        assert_eq!(places.sum::<u32>(), reachable, "{name}");
        for ties in [Ties::AsFound, Ties::Settled] {
            let solution = solve(&instance, ties);
            assert_eq!((solution.matched, solution.score), optimum, "{name} {ties:?}");
            let proven = check(&instance, &solution.mentors, &solution.certificate).unwrap();
            assert_eq!((proven.matched, proven.score), optimum, "{name} {ties:?}");
        }
    }
}
