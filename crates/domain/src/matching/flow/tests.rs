//! A flow stays an optimum of its bounds whatever is decided and taken back.

use super::{Flow, Graph, Scratch};
use crate::matching::market::NOBODY;
use crate::matching::solve::solved;
use crate::matching::tests::optimum::{Chance, small};

/// Complementary slackness, looked at mentee by mentee and mentor by mentor.
fn is_optimal(flow: &Flow, graph: &Graph) {
    for mentee in 0..graph.mentees() {
        assert_eq!(flow.profit[mentee], flow.best(graph, mentee), "mentee {mentee}");
        let mate = flow.mate[mentee];
        let mine = graph.row(mentee).iter().find(|edge| mate != NOBODY && edge.mentor() == mate as usize);
        let worth = mine.map_or(-graph.refusal(), |edge| i64::from(edge.score()) - flow.price[edge.mentor()]);
        assert_eq!(flow.profit[mentee], worth, "mentee {mentee}");
    }
    for mentor in 0..graph.mentors() {
        let (load, price) = (flow.load[mentor], flow.price[mentor]);
        assert!(flow.least[mentor] <= load && load <= flow.most[mentor], "mentor {mentor}");
        assert!(load == flow.most[mentor] || price <= 0, "mentor {mentor}");
        assert!(load == flow.least[mentor] || price >= 0, "mentor {mentor}");
    }
}

#[test]
fn what_is_decided_and_taken_back_leaves_the_flow_as_it_was() {
    let mut chance = Chance(2023);
    let mut filled = 0;
    for _ in 0..4_000 {
        let instance = small(&mut chance);
        let market = solved(&instance);
        let graph = Graph::of(&market);
        let mut scratch = Scratch::of(&graph);
        let first = Flow::of(&graph, &market);
        let mut flow = first.clone();
        for _ in 0..chance.below(12) {
            let mentor = chance.number(graph.mentors()) as usize;
            flow.free(&graph, &mut scratch, mentor);
            is_optimal(&flow, &graph);
            match chance.below(3) {
                0 => flow.close(&graph, &mut scratch, mentor),
                1 => {
                    let ruled = flow.clone().fill(&graph, &mut scratch, mentor, 2);
                    filled += usize::from(ruled.is_some());
                    flow = ruled.unwrap_or(flow);
                }
                _ => {}
            }
            is_optimal(&flow, &graph);
            assert!(flow.worth <= first.worth);
        }
        for mentor in 0..graph.mentors() {
            flow.free(&graph, &mut scratch, mentor);
        }
        is_optimal(&flow, &graph);
        assert_eq!(flow.worth, first.worth);
    }
    assert!(filled > 500, "{filled}");
}
