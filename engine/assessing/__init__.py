"""Outcomes to one assessment: gates, waivers, rectification, claims, what changed since."""
