"""Opens the pictures below a results folder with programs that are not ours: networkx and Pillow.

Each GEXF file has its graph and the values that stand in the history; each GIF has the frames that the README promises,
and a new picture wherever a value changed.
"""

import json
import pathlib
import sys

import networkx
from PIL import Image


def adjacency(summary):
    return networkx.parse_adjlist(summary["adj_list"].split(","))


def frames_of(rounds):
    return 5 * rounds + 1 if rounds < 10 else min(rounds + 1, 100)


def check_gexf(run, history, summary):
    files = list((run / "rounds").glob("*.gexf"))
    assert len(files) == len(history) == summary["num_rounds"] + 1, run
    communities = summary["graph_metadata"].get("nodeCommunities")
    for file in files:
        graph = networkx.read_gexf(file)
        number = int(file.stem.rsplit("-", 1)[1])
        values = {node: data["value"] for node, data in graph.nodes(data=True)}
        assert values == history[number]["nodes"], file
        assert networkx.utils.graphs_equal(
            networkx.Graph(graph.edges), networkx.Graph(adjacency(summary).edges)
        ), file
        if communities is not None:
            assert networkx.get_node_attributes(graph, "community") == communities, file
    return len(files)


def check_gif(file, history):
    rounds = len(history) - 1
    frames = []
    with Image.open(file) as gif:
        assert gif.size == (800, 600), file
        assert gif.n_frames == frames_of(rounds), (file, gif.n_frames, rounds)
        for frame in range(gif.n_frames):
            gif.seek(frame)
            frames.append(gif.convert("RGB").tobytes())
    if rounds < 100:
        step = 5 if rounds < 10 else 1
        graph = lambda frame: frames[frame * step][3 * 800 * 60 : 3 * 800 * 550]
        for number in range(rounds):
            changed = history[number]["nodes"] != history[number + 1]["nodes"]
            assert (graph(number) != graph(number + 1)) == changed, (file, number)
    return len(frames)


def main(results):
    runs = gexf = frames = 0
    for path in pathlib.Path(results).glob("*/*/**/*_node_value_history.json"):
        run = path.parent
        simulation = path.name.removesuffix("_node_value_history.json")
        history = json.loads(path.read_text())
        summary = json.loads((run / f"{simulation}_summary.json").read_text())
        folder, *place = run.relative_to(results).parts
        own = pathlib.Path(results, folder, "_gossip", *place)
        gexf += check_gexf(run, history, summary)
        frames += check_gif(own / f"{simulation}_rounds.gif", history)
        with Image.open(own / f"{simulation}_rounds.png") as png:
            png.load()
            assert png.width > 2000, own
        runs += 1
    print(f"{runs} runs: {gexf} GEXF files read by networkx, {frames} frames of GIFs by Pillow")
    assert runs > 0


main(sys.argv[1])
