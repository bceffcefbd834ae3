"""python .ci/clients.py ADDRESS ADDRESS: the seed's five calls by grpcio and a stub of its proto (gossip_pb2 on the path).

Two neighbors, which began with 7 and 3 and have met once; tells both to leave. Ends with an error where one answers wrong.
"""

import sys

import gossip_pb2 as messages
import grpc
from gossip_pb2_grpc import GossipStub

first, second = (GossipStub(grpc.insecure_channel(address)) for address in sys.argv[1:])


def value(stub):
    return stub.CurrentValue(messages.CurrentValueRequest()).value


def history(stub):
    return [(entry.participations, entry.value) for entry in stub.History(messages.HistoryRequest()).value_entries]


def expect(got, wanted):
    if got != wanted:
        sys.exit(f"got {got}, not {wanted}")


expect([value(first), value(second)], [3, 3])
expect(history(second), [(0, 3), (1, 3)])
for stub in first, second:
    stub.Reset(messages.ResetRequest())
expect([value(first), value(second)], [7, 3])
expect(history(first), [(0, 7)])
second.Gossip(messages.GossipRequest())
expect(history(first), [(0, 7), (1, 3)])
calls = [stub.StopApplication.future(messages.StopApplicationRequest()) for stub in (first, second)]
for call in calls:
    call.result(timeout=10)
