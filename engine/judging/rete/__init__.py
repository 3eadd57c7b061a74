"""durable_rules, the matching engine of the everyday run, held to the use that is proven safe."""

from engine.judging.rete.chain import chain_gates
from engine.judging.rete.judge import ReteJudge
from engine.judging.rete.session import available

__all__ = ["ReteJudge", "available", "chain_gates"]
