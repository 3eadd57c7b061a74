"""Outcomes to one assessment: gates, waivers, rectification, claims, what changed since.

评估：一次运行的全部结论合成评估：闸门、豁免、整改、报告的数字、比上次。
"""
